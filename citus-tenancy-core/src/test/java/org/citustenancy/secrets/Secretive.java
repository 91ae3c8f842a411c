package org.citustenancy.secrets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.users.Secret;

/** A process that does everything that has to do with passwords, and prints everything that can be printed. */
final class Secretive {

    static final String FIRST = "first-Password-7d1f";
    static final String SECOND = "second-Password-93ab";
    static final String WRONG = "wrong-Password-5c20";

    /** What it says before a generated password, which is no secret to who has started it. */
    static final String GENERATED = "generated ";

    /** When it says this, it waits for a line, and the verifiers can be read that there are. */
    static final String CHECKPOINT = "checkpoint";

    private final CitusCluster cluster;
    private final Path backups;
    private final BufferedReader input;

    private Secretive(CitusCluster cluster, Path backups, BufferedReader input) {
        this.input = input;
        this.cluster = cluster;
        this.backups = backups;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Secret admin = Secret.of(input.readLine());
        refused(() -> CitusCluster.connect(arguments[0], arguments[1], Secret.of(WRONG)));
        try (CitusCluster cluster = CitusCluster.connect(arguments[0], arguments[1], admin)) {
            new Secretive(cluster, Path.of(arguments[2]), input).doEverything();
        }
        say("ended");
    }

    private void doEverything() throws SQLException, IOException {
        ProjectRequest request = cluster.project("secretive")
                .withUser("secretive_user", Secret.of(FIRST))
                .withReadOnlyUser("secretive_reader", Secret.of(FIRST));
        say(request.plan() + " " + request.plan().steps());
        Project project = request.create();
        say(project + " " + project.result() + " " + project.connection("secretive_user"));
        makeTable(project.connection("secretive_user"));
        project.tables(project.connection("secretive_user")).distribute("t", "id");
        request.create();
        checkpoint();

        cluster.project("secretive")
                .withUser("secretive_user", Secret.of(SECOND))
                .create();
        checkpoint();
        say(GENERATED + cluster.users().rotatePassword("secretive_reader").reveal());
        checkpoint();
        Project generated = cluster.project("generated").withUser().create();
        say(GENERATED + generated.connection("generated_user").password().reveal());
        checkpoint();
        refused(() -> cluster.project("secretive")
                .withUser("generated_user", Secret.of(FIRST))
                .create());
        refused(() -> cluster.project("secretive_2")
                .withUser("secretive_user", Secret.of(FIRST))
                .create());
        ConnectionInfo wrong = new ConnectionInfo(
                "127.0.0.1",
                1,
                "secretive",
                "secretive_user",
                Optional.of(Secret.of(WRONG)),
                "jdbc:postgresql://127.0.0.1:1/secretive",
                Map.of());
        refused(() -> project.tables(wrong).distribute("t", "id"));
        say(project.verify() + " " + cluster.verify() + " " + cluster.projects());
        Files.createDirectory(backups.resolve("backup"));
        say(project.backup(backups.resolve("backup")).toString());
        say(cluster.backups()
                .restore(backups.resolve("backup"))
                .as("restored")
                .create()
                .toString());
        say(project.cloneTo("secretive_copy", options -> options.endingSessions())
                .toString());
        say(cluster.users().drop("secretive_reader").toString());
        for (String name : List.of("secretive", "secretive_copy", "restored", "generated")) {
            say(cluster.getProject(name).drop().toString());
        }
    }

    private static void makeTable(ConnectionInfo info) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        info.jdbcUrl(), info.user(), info.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
        }
    }

    private static void refused(Runnable call) {
        try {
            call.run();
            say("NOT REFUSED");
        } catch (CitusTenancyException refusal) {
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace));
            say(trace.toString());
        }
    }

    private void checkpoint() {
        say(CHECKPOINT);
        try {
            input.readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
