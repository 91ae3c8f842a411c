package org.citustenancy.examples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code .env} file that is readable by its owner only, from its creation.
 *
 * @param path its path
 */
record EnvFile(Path path) {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?:export )?(?<name>\\w+)=(?:'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<plain>.*))");

    /** Returns the variables in it, or none if it does not exist. */
    Map<String, String> read() throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        if (!Files.exists(path)) {
            return variables;
        }
        int number = 0;
        for (String line : Files.readAllLines(path)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            Matcher assignment = ASSIGNMENT.matcher(line.strip());
            if (!assignment.matches()) {
                throw new DemoFailure("Line " + number + " of " + path
                        + " is not of the form NAME=value. Correct it, or move the file.");
            }
            variables.put(assignment.group("name"), value(assignment));
        }
        return variables;
    }

    private static String value(Matcher assignment) {
        for (String form : new String[] {"single", "double"}) {
            if (assignment.group(form) != null) {
                return assignment.group(form);
            }
        }
        return assignment.group("plain").strip();
    }

    /**
     * Writes the file if its contents differ.
     *
     * @return whether it was written
     */
    boolean write(String contents) throws IOException {
        if (Files.exists(path) && isPrivate() && Files.readString(path).equals(contents)) {
            return false;
        }
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory, attributes(OWNER_ONLY_DIRECTORY));
        Path unfinished =
                Files.createTempFile(directory, path.getFileName().toString(), ".tmp", attributes(OWNER_ONLY));
        try {
            Files.writeString(unfinished, contents);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return true;
    }

    /** Returns whether only its owner can read it, as far as this file system reports. */
    boolean isPrivate() throws IOException {
        return !hasPermissions() || Files.getPosixFilePermissions(path).equals(OWNER_ONLY);
    }

    private FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return hasPermissions()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private boolean hasPermissions() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
