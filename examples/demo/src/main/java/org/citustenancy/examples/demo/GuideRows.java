package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.SQLException;

/** The rows that a project of the guide begins with. */
interface GuideRows {

    /**
     * Puts them into tables that are empty.
     *
     * @param connection the owner's, in a transaction
     */
    void load(Connection connection) throws SQLException;
}
