package org.citustenancy.embedded.internal.archive;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cache directory of unpacked programs: other users may read them, only their owner can change them. */
public final class CacheDirectory {

    private static final String NAME = "citus-tenancy";
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private CacheDirectory() {}

    /**
     * Returns the cache of the user of this JVM. For root it is in {@code /var/cache}, because the users that run
     * root's servers cannot read root's home directory. For other users it is in {@code XDG_CACHE_HOME} or
     * {@code ~/.cache}, or without these under {@code java.io.tmpdir}.
     *
     * @throws IOException if none of them can be used; with the reasons
     */
    public static Path ofThisUser() throws IOException {
        List<String> reasons = new ArrayList<>();
        for (Path place : places(
                System.getProperty("user.name"), System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"))) {
            try {
                return own(place);
            } catch (IOException unusable) {
                reasons.add(String.valueOf(unusable));
            }
        }
        throw new IOException("There is no place to unpack PostgreSQL: " + String.join("; ", reasons));
    }

    static List<Path> places(String user, @Nullable String xdgCacheHome, String home) {
        List<Path> places = new ArrayList<>();
        if (user.equals("root")) {
            places.add(Path.of("/var/cache", NAME));
        } else if (xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute()) {
            places.add(Path.of(xdgCacheHome, NAME));
        } else if (Files.isDirectory(Path.of(home))) {
            places.add(Path.of(home, ".cache", NAME));
        }
        places.add(Path.of(System.getProperty("java.io.tmpdir"), NAME + "-" + user));
        return places;
    }

    /** Creates the directory, or checks that it belongs to this user. */
    static Path own(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory.getParent());
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(READABLE));
        }
        Path probe = Files.createTempFile(directory, "owner-", "");
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            if (!Files.getOwner(directory).equals(Files.getOwner(probe))
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException(directory + " can be changed by other users");
            }
        } finally {
            Files.delete(probe);
        }
        return directory.toRealPath();
    }

    static void makeReadable(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, READABLE);
    }

    /** Removes a directory with its content, if it exists. */
    static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
