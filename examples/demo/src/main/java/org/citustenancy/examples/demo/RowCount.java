package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Counts the rows of tables.
 *
 * @param connection a connection to the tables' database, of a role that may read them
 */
record RowCount(Connection connection) {

    /** If a node fails, its result is the error's text, so the query fails too. */
    private static final String ON_EACH_NODE = """
            SELECT nodename || ':' || nodeport, sum(result::bigint)
            FROM run_command_on_placements(?::regclass, 'SELECT count(*) FROM %s')
            GROUP BY 1
            """;

    long of(GuideTable table) {
        return DSL.using(connection, SQLDialect.POSTGRES).fetchCount(DSL.table(DSL.name(table.name())));
    }

    long ofAll(List<GuideTable> tables) {
        return tables.stream().mapToLong(this::of).sum();
    }

    /** Returns the number of rows on each node, by its address; a reference table counts on every node. */
    Map<String, Long> onEachNode(List<GuideTable> tables) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        for (GuideTable table : tables) {
            try (PreparedStatement query = connection.prepareStatement(ON_EACH_NODE)) {
                query.setString(1, table.name());
                try (ResultSet answer = query.executeQuery()) {
                    while (answer.next()) {
                        rows.merge(answer.getString(1), answer.getLong(2), Long::sum);
                    }
                }
            }
        }
        return rows;
    }
}
