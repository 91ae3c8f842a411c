package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.citustenancy.ProjectTables;
import org.citustenancy.tables.TableChange;

/** Creates a project's tables as its owner, distributes them, and loads their rows. */
final class TableMaking {

    private final Console console;
    private final Changes changes;

    TableMaking(Console console, Changes changes) {
        this.console = console;
        this.changes = changes;
    }

    void make(DemoProject project) {
        console.paragraph(project.name() + ", as " + project.guide().owner());
        ProjectTables tables = project.project().tables(project.connection());
        try (Connection connection = Login.of(project.connection()).open()) {
            String said = "";
            for (GuideTable table : project.guide().tables()) {
                make(connection, table);
                TableChange change = table.placement().apply(tables);
                changes.count("distribution", change.changed() ? 1 : 0);
                if (!change.explanation().equals(said)) {
                    said = change.explanation();
                    console.detail(said);
                }
            }
            load(connection, project.guide());
        } catch (SQLException failure) {
            throw new DemoFailure(
                    "The tables of " + project.name() + " could not be made and filled as "
                            + project.guide().owner() + ": " + failure.getMessage()
                            + ". What is done stays; fix the cause and run the demo again.",
                    failure);
        }
    }

    private void make(Connection connection, GuideTable table) throws SQLException {
        if (exists(connection, table)) {
            console.detail(table.name() + " is there already");
        } else {
            try (Statement create = connection.createStatement()) {
                create.execute(table.definition());
            }
            changes.count("new table", 1);
            console.detail(table.name() + " is made");
        }
    }

    private static boolean exists(Connection connection, GuideTable table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table.name());
            try (ResultSet answer = query.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private void load(Connection connection, GuideProject project) throws SQLException {
        RowCount count = new RowCount(connection);
        long before = count.ofAll(project.tables());
        if (before > 0) {
            console.detail(before + " rows are there already");
            return;
        }
        connection.setAutoCommit(false);
        project.rows().load(connection);
        connection.commit();
        connection.setAutoCommit(true);
        long loaded = count.ofAll(project.tables());
        changes.count("new row", Math.toIntExact(loaded));
        console.detail(loaded + " rows are loaded");
    }
}
