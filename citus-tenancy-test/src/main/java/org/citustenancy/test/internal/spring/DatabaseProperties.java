package org.citustenancy.test.internal.spring;

import java.util.Map;
import java.util.function.Function;
import org.citustenancy.test.internal.handover.Handover;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;

/**
 * The database of the tests as properties, for applications whose configuration names databases itself. The property
 * names are not enumerable, because Spring Boot would bind them to properties of the starter, whose prefix differs only
 * by a dash.
 */
final class DatabaseProperties extends PropertySource<Handover> {

    private static final Map<String, Function<Handover, String>> VALUES = Map.of(
            "citustenancy.test.url", handover -> handover.cluster().jdbcUrl(),
            "citustenancy.test.admin", handover -> handover.cluster().admin(),
            "citustenancy.test.password",
                    handover -> handover.cluster().adminPassword().reveal(),
            "citustenancy.test.database.name", handover -> handover.database().name(),
            "citustenancy.test.database.url",
                    handover -> handover.database().connection().jdbcUrl(),
            "citustenancy.test.database.user",
                    handover -> handover.database().connection().user(),
            "citustenancy.test.database.password",
                    handover -> handover.database().connection().password().reveal());

    DatabaseProperties(Handover handover) {
        super("citusDatabase", handover);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<Handover, String> value = VALUES.get(name);
        return value == null ? null : value.apply(source);
    }
}
