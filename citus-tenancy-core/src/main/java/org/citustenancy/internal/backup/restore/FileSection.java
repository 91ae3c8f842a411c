package org.citustenancy.internal.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.citustenancy.internal.backup.store.ProgressMeter;

/**
 * A part of a file of rows.
 *
 * @param file the file
 * @param offset its start
 * @param bytes its length
 * @param progress is notified of the bytes read
 */
record FileSection(Path file, long offset, long bytes, ProgressMeter.Part progress) {

    private static final int BUFFER = 1 << 16;

    /** Opens the rows, which the caller must close. */
    InputStream open() throws IOException {
        InputStream stored = Files.newInputStream(file);
        boolean opened = false;
        try {
            stored.skipNBytes(offset);
            InputStream section = new Stored(stored, bytes, progress);
            InputStream rows =
                    String.valueOf(file.getFileName()).endsWith(".gz") ? new GZIPInputStream(section, BUFFER) : section;
            opened = true;
            return rows;
        } finally {
            if (!opened) {
                stored.close();
            }
        }
    }

    /** A stream that ends at the end of the section. */
    private static final class Stored extends InputStream {

        private final InputStream file;
        private final ProgressMeter.Part progress;
        private long left;

        Stored(InputStream file, long left, ProgressMeter.Part progress) {
            this.file = file;
            this.left = left;
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = file.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            progress.bytes(Math.max(0, read));
            return read;
        }

        /** Returns whether another compressed section follows. */
        @Override
        public int available() throws IOException {
            return (int) Math.min(left, file.available());
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
