package org.citustenancy.internal.backup.dump;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.citustenancy.internal.backup.store.PrivateFiles;
import org.citustenancy.internal.encoding.Sha256;

/**
 * A file of rows that is being written, one section after another. Each section is compressed separately, so that it
 * can be read without the others. All sections together are one valid compressed file.
 */
final class RowFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final OutputStream file;
    private final int compression;
    private final MessageDigest digest = Sha256.begin();
    private long length;

    RowFile(Path path, int compression) throws IOException {
        this.file = Files.newOutputStream(PrivateFiles.createFile(path));
        this.compression = compression;
    }

    /** Starts a new section, which must be closed before the next one. */
    OutputStream section() throws IOException {
        OutputStream section = new Section();
        return compression > 0 ? new Gzip(section, compression) : section;
    }

    /** Returns the length of all closed sections. */
    long length() {
        return length;
    }

    /** Returns the digest of all closed sections. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A section. The file stays open when a section is closed. */
    private final class Section extends OutputStream {

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            file.write(bytes, offset, count);
            digest.update(bytes, offset, count);
            length += count;
        }
    }

    /** Uses fast compression: rows compress well enough with it, and the server need not wait. */
    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream target, int level) throws IOException {
            super(target, BUFFER);
            def.setLevel(level);
        }
    }
}
