package org.citustenancy.internal.shaded;

import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/** A program that renders a statement, for a JVM of its own. */
public final class RenderedStatement {

    private RenderedStatement() {}

    public static void main(String... arguments) {
        System.out.print(DSL.using(SQLDialect.POSTGRES).render(DSL.selectOne()));
    }
}
