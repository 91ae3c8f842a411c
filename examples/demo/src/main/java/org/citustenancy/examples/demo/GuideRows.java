package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** The initial rows of a project of the guide. */
interface GuideRows {

    /**
     * Inserts the rows into empty tables.
     *
     * @param connection the owner's connection, in a transaction
     */
    void load(Connection connection) throws SQLException;
}
