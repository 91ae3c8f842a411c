package org.citustenancy.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.junit.CitusDatabase;
import org.citustenancy.test.junit.CitusDatabase.Scope;
import org.jooq.DSLContext;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that go on from one another, in one database for the class. */
@CitusDatabase(preparation = ShopDatabase.class, name = "shop", scope = Scope.CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Execution(ExecutionMode.SAME_THREAD)
class PricesTest {

    @Test
    @Order(1)
    void price_increase_changes_both_products(DSLContext sql) {
        assertThat(sql.execute("update products set cents = cents * 2")).isEqualTo(2);
    }

    @Test
    @Order(2)
    void owed_amount_follows_the_new_prices(TestDatabase database) throws SQLException {
        Orders orders = new Orders(database.dataSource());
        orders.place(7, 1, 2);

        assertThat(orders.owedBy(7)).isEqualTo(1000);
    }
}
