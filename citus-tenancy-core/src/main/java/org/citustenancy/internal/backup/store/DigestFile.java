package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import org.citustenancy.internal.encoding.Sha256;

/** Computes digests of files. */
public final class DigestFile {

    private static final int BUFFER = 1 << 16;

    private DigestFile() {}

    /**
     * Returns the digest of a file.
     *
     * @return its SHA-256 in hexadecimal
     * @throws IOException if it cannot be read
     */
    public static String of(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream digested = new DigestInputStream(bytes, Sha256.begin())) {
            byte[] buffer = new byte[BUFFER];
            while (digested.read(buffer) >= 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted");
                }
            }
            return HexFormat.of().formatHex(digested.getMessageDigest().digest());
        }
    }
}
