package org.citustenancy.spring.internal.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads passwords from the sources that the properties name. */
final class PasswordReader {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordReader.class);

    private final Problems problems;
    private final Placeholders placeholders;

    PasswordReader(Problems problems) {
        this.problems = problems;
        this.placeholders = new Placeholders(problems);
    }

    /** Returns the password, which changes with its file. Returns empty if neither is set, or if both are. */
    Optional<Supplier<Secret>> read(String where, @Nullable Secret password, @Nullable String file) {
        if (password != null && file != null) {
            problems.add(
                    where + ".password-file",
                    "is there beside a password, so there is no telling which",
                    "leave one out");
            return Optional.empty();
        }
        if (file != null) {
            return placeholders.refuseIn(where + ".password-file", file)
                    ? file(where + ".password-file", Path.of(file))
                    : Optional.empty();
        }
        if (password != null) {
            placeholders.refuseAs(where + ".password", password);
        }
        return Optional.ofNullable(password).map(known -> () -> known);
    }

    private static Secret content(Path file) throws IOException {
        return Secret.of(Files.readString(file).replaceFirst("\\R\\z", ""));
    }

    private Optional<Supplier<Secret>> file(String property, Path file) {
        try {
            Secret password = content(file);
            warnIfOpen(property, file);
            return Optional.of(new CurrentPassword(property, password, () -> content(file)));
        } catch (NoSuchFileException missing) {
            problems.add(property, "is \"" + file + "\", where there is no file", "mount the secret there");
        } catch (IOException unreadable) {
            problems.add(
                    property,
                    "is \"" + file + "\", which cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    "let it be a file that the application may read");
        } catch (InvalidRequestException refused) {
            problems.add(
                    property,
                    "is \"" + file + "\": " + refused.failure().what(),
                    refused.failure().fix());
        }
        return Optional.empty();
    }

    private static void warnIfOpen(String property, Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn(
                    "Every user of this machine can read \"{}\", the file of {}: take that permission away",
                    file,
                    property);
        }
    }
}
