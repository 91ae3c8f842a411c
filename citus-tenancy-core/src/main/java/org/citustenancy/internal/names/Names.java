package org.citustenancy.internal.names;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * Checks names. PostgreSQL accepts any text of up to 63 bytes as an identifier, truncates longer ones silently, and
 * reserves a few for itself.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS">Identifiers</a>
 */
public final class Names {

    private static final int MAXIMUM_BYTES = 63;
    private static final Set<String> TAKEN_DATABASES = Set.of("postgres", "template0", "template1");
    private static final Set<String> TAKEN_ROLES =
            Set.of("public", "none", "current_user", "current_role", "session_user");

    private Names() {}

    /**
     * Checks the name of a project, which becomes the name of a database.
     *
     * @param maintenanceDatabase the database that no project may use
     */
    public static String project(String name, String maintenanceDatabase) {
        identifier("project", name);
        notReserved("project", name);
        if (TAKEN_DATABASES.contains(name) || name.equals(maintenanceDatabase)) {
            throw refused("project", name, "is a database that the cluster itself needs", "choose another name");
        }
        return name;
    }

    /** Checks the name of a user, which becomes the name of a role. */
    public static String user(String name) {
        identifier("user", name);
        notReserved("user", name);
        if (TAKEN_ROLES.contains(name)) {
            throw refused("user", name, "is a word that PostgreSQL keeps for itself", "choose another name");
        }
        return name;
    }

    /**
     * Checks any other identifier: of a table, a column, a schema or an extension.
     *
     * @param kind the kind of object, for the message
     */
    public static String identifier(String kind, String name) {
        given(kind + " name", name);
        if (name.isEmpty()) {
            throw refused(kind, name, "is empty", "give it a name");
        }
        if (name.indexOf('\0') >= 0) {
            throw refused(kind, name.replace('\0', '?'), "contains a NUL character", "leave it out");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw refused(kind, name, "contains half of a surrogate pair", "write the whole character");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAXIMUM_BYTES) {
            throw refused(
                    kind,
                    name,
                    "is " + bytes + " bytes long in UTF-8, and PostgreSQL would cut it after " + MAXIMUM_BYTES,
                    "shorten it, for example to \"" + shorten(name) + "\"");
        }
        return name;
    }

    /**
     * Returns a value that a caller must provide, such as an environment variable that may be missing.
     *
     * @param <T> its type
     * @throws InvalidRequestException if it is null
     */
    public static <T> T given(String kind, T value) {
        if (Objects.isNull(value)) {
            throw new InvalidRequestException(Failure.of("The " + kind + " is missing (null)")
                    .state("nothing was changed")
                    .fix("give one; see whether the variable or property that it comes from is set"));
        }
        return value;
    }

    private static void notReserved(String kind, String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        for (String prefix : new String[] {"pg_", "citus"}) {
            if (lowerCase.startsWith(prefix)) {
                throw refused(
                        kind,
                        name,
                        "starts with \"" + prefix + "\", which the server keeps for itself",
                        "write for example \"my_" + name + "\"");
            }
        }
    }

    /** Returns the longest prefix of valid length that does not end inside a character. */
    private static String shorten(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }

    private static InvalidRequestException refused(String kind, String name, String why, String action) {
        return new InvalidRequestException(
                Failure.of("The " + kind + " name \"" + name + "\" " + why).fix(action));
    }
}
