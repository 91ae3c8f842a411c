package org.citustenancy.internal.desired;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;

/**
 * A configuration parameter of a database.
 *
 * @param name the parameter, in lower case
 * @param value its value in the syntax of PostgreSQL, for a list its elements separated by commas
 */
public record DesiredSetting(String name, String value) {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_$]*(\\.[a-z_][a-z0-9_$]*)*");

    /** The parameters whose value PostgreSQL stores as a list of identifiers. */
    private static final Set<String> LISTS =
            Set.of("search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries");

    /** The refused parameters, which would change the role of every session of the project. */
    private static final Set<String> REFUSED = Set.of("role", "session_authorization");

    /** Checks the name. */
    public DesiredSetting {
        Names.given("value of the setting " + Names.given("name of a setting", name), value);
        name = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException(Failure.of("\"" + name + "\" is not the name of a setting")
                    .fix("write it as in postgresql.conf, for example \"statement_timeout\" or \"citus.shard_count\""));
        }
        if (REFUSED.contains(name)) {
            throw new InvalidRequestException(Failure.of("The setting \"" + name + "\" cannot belong to a project")
                    .fix("give each user of the project a role of its own"));
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidRequestException(
                    Failure.of("The value of the setting \"" + name + "\" contains a NUL character")
                            .fix("leave it out"));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new InvalidRequestException(
                    Failure.of("The value of the setting \"" + name + "\" contains half of a surrogate pair")
                            .fix("write the whole character"));
        }
    }

    /**
     * Returns the value as elements: one, or several for a parameter that is a list.
     *
     * @return the elements, in order
     */
    public List<String> elements() {
        return elements(value);
    }

    /**
     * Checks whether a node stores the same value.
     *
     * @param stored the value in {@code pg_db_role_setting}
     * @return true if nothing needs to be changed
     */
    public boolean isStoredAs(String stored) {
        return elements().equals(elements(stored));
    }

    private List<String> elements(String text) {
        if (!LISTS.contains(name)) {
            return List.of(text);
        }
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(DesiredSetting::withoutQuotes)
                .toList();
    }

    private static String withoutQuotes(String element) {
        boolean quoted = element.length() >= 2 && element.startsWith("\"") && element.endsWith("\"");
        return quoted ? element.substring(1, element.length() - 1).replace("\"\"", "\"") : element;
    }
}
