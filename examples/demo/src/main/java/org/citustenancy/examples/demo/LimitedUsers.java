package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Runs permitted and forbidden statements as the guide's limited users. */
final class LimitedUsers {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Console console;

    LimitedUsers(Console console) {
        this.console = console;
    }

    private record Attempt(String what, String sql, boolean allowed) {}

    void show(List<DemoProject> projects) {
        for (DemoProject project : projects) {
            project.guide().limitedUsers().forEach(user -> show(project, user));
        }
    }

    private void show(DemoProject project, GuideUser user) {
        console.paragraph(user.name() + " at " + project.name());
        try (Connection connection = Login.of(project.connection(user)).open()) {
            connection.setAutoCommit(false);
            for (Attempt attempt : attempts(user)) {
                console.detail(attempt.what() + ": " + outcome(connection, user, attempt));
            }
        } catch (SQLException failure) {
            throw new DemoFailure(
                    user.name() + " could not work with " + project.name() + ": " + failure.getMessage(), failure);
        }
    }

    private static List<Attempt> attempts(GuideUser user) {
        boolean all = user.level() == GuideUser.Level.READS_ALL;
        return List.of(
                new Attempt("reads users", "SELECT count(*) FROM users", true),
                new Attempt("reads orders", "SELECT count(*) FROM orders", true),
                new Attempt("reads products", "SELECT count(*) FROM products", all),
                new Attempt("adds a product", "INSERT INTO products DEFAULT VALUES", false),
                new Attempt("deletes orders", "DELETE FROM orders", false),
                new Attempt("creates a table", "CREATE TABLE mine (id int)", false));
    }

    private static String outcome(Connection connection, GuideUser user, Attempt attempt) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(attempt.sql());
            if (attempt.allowed()) {
                return "yes";
            }
        } catch (SQLException refused) {
            if (!attempt.allowed() && INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())) {
                return "refused";
            }
            throw refused;
        } finally {
            connection.rollback();
        }
        throw new DemoFailure(user.name() + " " + attempt.what() + " and should have been refused."
                + " Look for grants to PUBLIC or to this role, and revoke them.");
    }
}
