package org.citustenancy.test.junit;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.Project;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.jooq.JooqContext;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;

/** The code of docs/tests.md, which {@link CitusDatabaseTest} runs. */
final class OrdersExample {

    private OrdersExample() {}

    // begin tests-junit
    @CitusDatabase(preparation = OrdersSchema.class, name = "orders")
    static class OrdersTest {

        @Test
        void stored_order_is_found(DSLContext sql) {
            sql.execute("insert into orders (id) values (1)");
            assertThat(sql.fetch("select * from orders")).hasSize(1);
        }

        @Test
        void table_is_distributed(Project project, TestDatabase database) {
            assertThat(project.tables().shardsPerNode()).hasSizeGreaterThan(1);
            assertThat(JooqContext.of(database).fetch("select * from orders")).isEmpty();
        }
    }
    // end tests-junit
}
