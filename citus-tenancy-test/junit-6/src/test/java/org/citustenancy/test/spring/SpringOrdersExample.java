package org.citustenancy.test.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.test.junit.CitusDatabase;
import org.citustenancy.test.junit.OrdersSchema;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The code of docs/tests.md, which {@link SpringTestsTest} runs. */
final class SpringOrdersExample {

    private SpringOrdersExample() {}

    // begin tests-spring
    @SpringBootTest
    @CitusDatabase(preparation = OrdersSchema.class, name = "orders")
    static class OrdersServiceTest {

        @Autowired
        private JdbcClient application; // on the database of the test

        @Test
        void stored_order_is_found() {
            application.sql("insert into orders (id) values (1)").update();
            assertThat(application.sql("select id from orders").query().listOfRows())
                    .hasSize(1);
        }
    }
    // end tests-spring
}
