package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import javax.sql.DataSource;
import org.citustenancy.test.junit.CitusDatabase;
import org.junit.jupiter.api.Test;

/** A test suite that has the test module and JUnit. */
@CitusDatabase
class OrdersTest {

    @Test
    void test_gets_an_empty_database(DataSource dataSource) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.createStatement().execute("CREATE TABLE orders (id bigint PRIMARY KEY)");
            connection.createStatement().execute("INSERT INTO orders VALUES (1)");
            try (ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
                rows.next();
                assertEquals(1, rows.getInt(1));
            }
        }
    }
}
