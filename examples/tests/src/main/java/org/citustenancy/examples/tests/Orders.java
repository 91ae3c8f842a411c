package org.citustenancy.examples.tests;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The orders of all customers.
 *
 * @param database where they are
 */
public record Orders(DataSource database) {

    /**
     * A customer orders something.
     *
     * @param customer who
     * @param product what, by its number
     * @param pieces how many
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
     * What a customer has to pay.
     *
     * @param customer who
     * @return in cents
     * @throws SQLException if the database does not answer
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
