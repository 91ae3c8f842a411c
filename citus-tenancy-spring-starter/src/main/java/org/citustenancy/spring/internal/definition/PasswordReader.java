package org.citustenancy.spring.internal.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.regex.Pattern;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passwords from where the properties say they are. */
final class PasswordReader {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordReader.class);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

    private final Problems problems;

    PasswordReader(Problems problems) {
        this.problems = problems;
    }

    /** Absent if neither is said, or if there is no telling which it is. */
    Optional<Secret> read(String where, @Nullable Secret password, @Nullable String file) {
        if (password != null && file != null) {
            problems.add(
                    where + ".password-file",
                    "is there beside a password, so there is no telling which",
                    "leave one out");
            return Optional.empty();
        }
        if (file != null) {
            return file(where + ".password-file", Path.of(file));
        }
        if (password != null && PLACEHOLDER.matcher(password.reveal()).matches()) {
            // Spring Boot binds a placeholder as it stands if nothing is known of its name.
            problems.add(
                    where + ".password",
                    "is " + password.reveal() + ", and nothing says what that stands for",
                    "set that variable or property");
        }
        return Optional.ofNullable(password);
    }

    private Optional<Secret> file(String property, Path file) {
        try {
            String text = Files.readString(file);
            warnIfOpen(property, file);
            return Optional.of(Secret.of(text.replaceFirst("\\R\\z", "")));
        } catch (IOException unreadable) {
            problems.add(
                    property,
                    "is \"" + file + "\", which cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    "mount the secret there, and let the application read it");
        } catch (InvalidRequestException refused) {
            problems.add(
                    property,
                    "is \"" + file + "\": " + refused.failure().what(),
                    refused.failure().action());
        }
        return Optional.empty();
    }

    private static void warnIfOpen(String property, Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn(
                    "Everybody on this machine can read \"{}\", the file of {}: take that permission away",
                    file,
                    property);
        }
    }
}
