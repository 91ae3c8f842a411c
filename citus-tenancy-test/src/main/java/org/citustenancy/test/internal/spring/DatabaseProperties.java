package org.citustenancy.test.internal.spring;

import java.util.Map;
import java.util.function.Function;
import org.citustenancy.test.internal.handover.Handover;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.EnumerablePropertySource;

/** The database of the tests as properties, for applications whose configuration names databases itself. */
final class DatabaseProperties extends EnumerablePropertySource<Handover> {

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
    public String[] getPropertyNames() {
        return VALUES.keySet().toArray(String[]::new);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<Handover, String> value = VALUES.get(name);
        return value == null ? null : value.apply(source);
    }
}
