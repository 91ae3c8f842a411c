package org.citustenancy.examples.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.test.junit.CitusDatabase;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

// begin suite-tests
@CitusDatabase(preparation = ShopDatabase.class, name = "shop")
class OrdersTest {

    private DataSource database; // set before each test

    @RepeatedTest(5)
    void customer_owes_the_price_of_its_orders() throws SQLException {
        Orders orders = new Orders(database);
        orders.place(7, 1, 2);
        orders.place(7, 2, 1);

        assertThat(orders.owedBy(7)).isEqualTo(1500);
        assertThat(orders.owedBy(8)).isZero();
    }

    @Test
    void order_of_an_unknown_product_is_refused() {
        assertThatThrownBy(() -> new Orders(database).place(7, 3, 1)).hasMessageContaining("foreign key");
    }

    @Test
    void orders_are_stored_on_several_nodes(Project project) throws SQLException {
        assumeTrue(Citus.isIn(database), "Citus is not available: nothing is distributed");
        assertThat(project.tables().shardsPerNode()).hasSizeGreaterThan(1);
    }
}
// end suite-tests
