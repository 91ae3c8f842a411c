package org.citustenancy.spring.internal.definition;

import java.util.regex.Pattern;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** Rejects placeholders that Spring Boot binds unchanged, because their names are unknown. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

    private final Problems problems;

    Placeholders(Problems problems) {
        this.problems = problems;
    }

    /** Returns whether the value contains no placeholder; a value with one is no address, name or path. */
    boolean refuseIn(String property, @Nullable String value) {
        if (value == null || !PLACEHOLDER.matcher(value).find()) {
            return true;
        }
        add(property, value);
        return false;
    }

    /** Returns whether the password is no placeholder; a password may contain such characters among others. */
    boolean refuseAs(String property, Secret password) {
        if (!PLACEHOLDER.matcher(password.reveal()).matches()) {
            return true;
        }
        add(property, password.reveal());
        return false;
    }

    private void add(String property, String value) {
        problems.add(
                property, "is " + value + ", and nothing says what that stands for", "set that variable or property");
    }
}
