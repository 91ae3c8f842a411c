package org.citustenancy.test.junit;

import java.util.Set;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.test.TestDatabase;
import org.jooq.DSLContext;

/** What a test can have of its database. */
final class Handed {

    static final Set<Class<?>> TYPES =
            Set.of(TestDatabase.class, DataSource.class, DSLContext.class, Project.class, ConnectionInfo.class);

    private Handed() {}

    static Object as(Class<?> type, TestDatabase database) {
        if (type == TestDatabase.class) {
            return database;
        }
        if (type == DataSource.class) {
            return database.dataSource();
        }
        if (type == DSLContext.class) {
            return database.sql();
        }
        return type == Project.class ? database.project() : database.connection();
    }
}
