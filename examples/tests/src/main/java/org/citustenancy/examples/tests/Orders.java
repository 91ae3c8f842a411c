package org.citustenancy.examples.tests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The orders of all customers.
 *
 * @param database the database with the orders
 */
public record Orders(DataSource database) {

    /**
     * Places an order of a customer.
     *
     * @param customer the customer
     * @param product the number of the product
     * @param pieces the number of pieces
     * @throws SQLException if there is no such product
     */
    public void place(long customer, int product, int pieces) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into orders (customer, product, pieces) values (?, ?, ?)")) {
            insert.setLong(1, customer);
            insert.setInt(2, product);
            insert.setInt(3, pieces);
            insert.executeUpdate();
        }
    }

    /**
     * Returns the amount that a customer has to pay.
     *
     * @param customer the customer
     * @return in cents
     * @throws SQLException if the database does not respond
     */
    public long owedBy(long customer) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select coalesce(sum(o.pieces * p.cents), 0) from orders o join products p on p.id = o.product"
                                + " where o.customer = ?")) {
            select.setLong(1, customer);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
