package org.citustenancy.test.internal.spring;

import java.util.Map;
import java.util.function.Function;
import org.citustenancy.ClusterOptions;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.test.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertySource;

/**
 * The database of the tests as properties, for applications whose configuration names databases itself. The property
 * names are not enumerable, because Spring Boot would bind them to properties of the starter, whose prefix differs only
 * by a dash.
 */
final class DatabaseProperties extends PropertySource<ContextDatabase> {

    private static final Map<String, Function<ClusterOptions, String>> OF_CLUSTER = Map.of(
            "citustenancy.test.url", ClusterOptions::jdbcUrl,
            "citustenancy.test.admin", ClusterOptions::admin,
            "citustenancy.test.password", cluster -> cluster.adminPassword().reveal());

    private static final Map<String, Function<TestDatabase, String>> OF_DATABASE = Map.of(
            "citustenancy.test.database.name", TestDatabase::name,
            "citustenancy.test.database.url", ofConnection(ConnectionInfo::jdbcUrl),
            "citustenancy.test.database.user", ofConnection(ConnectionInfo::user),
            "citustenancy.test.database.password",
                    ofConnection(connection -> connection.password().reveal()));

    DatabaseProperties(ContextDatabase database) {
        super("citusDatabase", database);
    }

    private static Function<TestDatabase, String> ofConnection(Function<ConnectionInfo, String> value) {
        return database -> value.apply(database.connection());
    }

    @Override
    public @Nullable Object getProperty(String name) {
        Function<TestDatabase, String> ofDatabase = OF_DATABASE.get(name);
        if (ofDatabase != null) {
            return ofDatabase.apply(source.named("the property " + name));
        }
        Function<ClusterOptions, String> ofCluster = OF_CLUSTER.get(name);
        return ofCluster == null ? null : ofCluster.apply(source.cluster());
    }
}
