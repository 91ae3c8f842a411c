package org.citustenancy.test.junit;

import java.util.Set;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.jooq.JooqContext;

/** The objects of a database that a test can request. */
final class Handed {

    private static final Set<Class<?>> TYPES =
            Set.of(TestDatabase.class, DataSource.class, Project.class, ConnectionInfo.class);

    /** A name instead of a class, because a suite without jOOQ cannot load it. */
    private static final String JOOQ = "org.jooq.DSLContext";

    private Handed() {}

    static boolean has(Class<?> type) {
        return TYPES.contains(type) || type.getName().equals(JOOQ);
    }

    static Object as(Class<?> type, TestDatabase database) {
        if (type == TestDatabase.class) {
            return database;
        }
        if (type == DataSource.class) {
            return database.dataSource();
        }
        if (type.getName().equals(JOOQ)) {
            return JooqContext.of(database);
        }
        return type == Project.class ? database.project() : database.connection();
    }
}
