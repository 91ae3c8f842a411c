package org.citustenancy.internal.backup.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Converts names of projects, which may contain any characters, to names of directories. Two names never share a
 * directory, even if upper case and lower case are the same, and no name leads outside the parent.
 */
public final class ProjectDirectory {

    /** Names that some systems treat as devices, with any extension. */
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|(com|lpt)[0-9])");

    private static final HexFormat HEX = HexFormat.of();

    private ProjectDirectory() {}

    /**
     * Returns the name of a project's directory.
     *
     * @return lower-case letters, digits, {@code _} and inner {@code -} unchanged; every other byte of its UTF-8 as
     *     {@code %} and two hexadecimal digits
     */
    public static String name(String project) {
        StringBuilder name = new StringBuilder();
        boolean device = DEVICE.matcher(project).matches();
        for (byte next : project.getBytes(StandardCharsets.UTF_8)) {
            boolean first = name.isEmpty();
            if (isPlain(next, first) && !(first && device)) {
                name.append((char) next);
            } else {
                name.append('%').append(HEX.toHexDigits(next));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(byte next, boolean first) {
        return (next >= 'a' && next <= 'z') || (next >= '0' && next <= '9') || next == '_' || (next == '-' && !first);
    }
}
