package org.citustenancy.examples.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Users, products and orders.
 *
 * @param users the number of users
 * @param ordersEach the number of orders of each user
 */
record ShopRows(int users, int ordersEach) implements GuideRows {

    private static final List<String> PRODUCTS = List.of("lamp", "chair", "table", "shelf", "mirror", "carpet");

    @Override
    public void load(Connection connection) throws SQLException {
        insertProducts(connection);
        insertOrders(connection, insertUsers(connection));
    }

    private void insertProducts(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO products (id, name, price) VALUES (?, ?, ?)")) {
            for (int id = 1; id <= PRODUCTS.size(); id++) {
                insert.setLong(1, id);
                insert.setString(2, PRODUCTS.get(id - 1));
                insert.setBigDecimal(3, BigDecimal.valueOf(1_000L * id + 99, 2));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private List<Long> insertUsers(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO users (name, email) VALUES (?, ?)", new String[] {"id"})) {
            for (int number = 1; number <= users; number++) {
                insert.setString(1, "User " + number);
                insert.setString(2, "user" + number + "@example.org");
                insert.addBatch();
            }
            insert.executeBatch();
            List<Long> ids = new ArrayList<>();
            try (ResultSet generated = insert.getGeneratedKeys()) {
                while (generated.next()) {
                    ids.add(generated.getLong(1));
                }
            }
            return ids;
        }
    }

    private void insertOrders(Connection connection, List<Long> userIds) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO orders (user_id, product_id, quantity) VALUES (?, ?, ?)")) {
            for (long userId : userIds) {
                for (int number = 1; number <= ordersEach; number++) {
                    insert.setLong(1, userId);
                    insert.setLong(2, 1 + (userId + number) % PRODUCTS.size());
                    insert.setInt(3, number);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
