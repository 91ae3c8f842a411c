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
 * A file of rows that is being written, one section after another. Each section is compressed for itself, so that it can be
 * read without the others; all of them together are one compressed file for a reader of the whole.
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

    /** A new section, to be closed before the next one. */
    OutputStream section() throws IOException {
        OutputStream section = new Section();
        return compression > 0 ? new Gzip(section, compression) : section;
    }

    /** How long all sections are that are closed. */
    long length() {
        return length;
    }

    /** The digest of all sections that are closed. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The file stays open when a section is closed. */
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

    /** Fast compression: rows compress well enough by it, and the server is not kept waiting. */
    private static final class Gzip extends GZIPOutputStream {

        Gzip(OutputStream target, int level) throws IOException {
            super(target, BUFFER);
            def.setLevel(level);
        }
    }
}
