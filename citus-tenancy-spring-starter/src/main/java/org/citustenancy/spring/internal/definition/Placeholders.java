package org.citustenancy.spring.internal.definition;

import java.util.regex.Pattern;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** Refuses placeholders that Spring Boot binds as they stand, since nothing is known of their names. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]+}");

    private final Problems problems;

    Placeholders(Problems problems) {
        this.problems = problems;
    }

    /** Whether the value has none; with one in it, it is no address, name or path. */
    boolean refuseIn(String property, @Nullable String value) {
        if (value == null || !PLACEHOLDER.matcher(value).find()) {
            return true;
        }
        add(property, value);
        return false;
    }

    /** Whether the password is none; one may have such characters among others. */
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
