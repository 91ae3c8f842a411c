package org.citustenancy.test.jooq;

import org.citustenancy.test.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * jOOQ on the database of a test. The test suite has {@code org.jooq:jooq} among its dependencies, in the version that it likes.
 *
 * <pre>{@code
 * JooqContext.of(database).execute("insert into orders (id) values (1)");
 * }</pre>
 */
public final class JooqContext {

    private JooqContext() {}

    /**
     * jOOQ on {@link TestDatabase#dataSource()}.
     *
     * @param database the database
     * @return a context for PostgreSQL
     */
    public static DSLContext of(TestDatabase database) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }
}
