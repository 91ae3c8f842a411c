package org.citustenancy.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.internal.fingerprint.Digests;
import org.citustenancy.test.internal.sql.Script;

/** A preparation that runs SQL scripts. */
record SqlScripts(List<SqlScript> scripts) implements Preparation {

    /** A script, and its name in messages. */
    record SqlScript(String name, String text) {}

    static SqlScripts ofText(String text) {
        return new SqlScripts(List.of(new SqlScript("the script", text)));
    }

    static SqlScripts ofFiles(Path first, List<Path> more) {
        List<SqlScript> scripts = new ArrayList<>();
        scripts.add(read(first));
        more.forEach(path -> scripts.add(read(path)));
        return new SqlScripts(List.copyOf(scripts));
    }

    private static SqlScript read(Path path) {
        try {
            return new SqlScript(path.toString(), Files.readString(path));
        } catch (IOException failure) {
            throw new InvalidRequestException(
                    Failure.of("The file " + path + " cannot be read: " + failure)
                            .state("nothing was touched")
                            .fix("name a file of SQL in UTF-8"),
                    failure);
        }
    }

    @Override
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        scripts.forEach(script -> all.append(Digests.of(script.text())));
        return all.toString();
    }

    @Override
    public void prepare(Project project, DataSource owner) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            for (SqlScript script : scripts) {
                run(script, statement);
            }
        }
    }

    private static void run(SqlScript script, Statement statement) throws SQLException {
        int number = 0;
        for (String sql : Script.statementsOf(script.text())) {
            number++;
            try {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new SQLException(
                        "statement " + number + " of " + script.name() + ": " + failure.getMessage(),
                        failure.getSQLState(),
                        failure);
            }
        }
    }
}
