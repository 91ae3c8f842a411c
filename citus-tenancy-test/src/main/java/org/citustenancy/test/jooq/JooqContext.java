package org.citustenancy.test.jooq;

import org.citustenancy.test.TestDatabase;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Creates jOOQ contexts on the database of a test. Your test suite declares the dependency {@code org.jooq:jooq} in a
 * version of its choice.
 *
 * <pre>{@code
 * JooqContext.of(database).execute("insert into orders (id) values (1)");
 * }</pre>
 */
public final class JooqContext {

    private JooqContext() {}

    /**
     * Creates a jOOQ context on {@link TestDatabase#dataSource()}.
     *
     * @param database the database
     * @return a context for PostgreSQL
     */
    public static DSLContext of(TestDatabase database) {
        return DSL.using(database.dataSource(), SQLDialect.POSTGRES);
    }
}
