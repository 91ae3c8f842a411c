package org.citustenancy.connection;

/**
 * Formats lines of a {@code .properties} file.
 *
 * @see java.util.Properties#load(java.io.Reader)
 */
final class PropertiesFile {

    private PropertiesFile() {}

    static String line(String key, String value) {
        StringBuilder escaped = new StringBuilder();
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character == '\\' || (character == ' ' && index == 0)) {
                escaped.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                escaped.append("\\u%04x".formatted((int) character));
            } else {
                escaped.append(character);
            }
        }
        return key + "=" + escaped + "\n";
    }
}
