package org.citustenancy.examples.demo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;

/** Shows how applications connect, and writes a file for each of them. */
final class ConnectionStrings {

    private static final Secret PLACEHOLDER = Secret.of("PASSWORD");

    private final KeptPasswords passwords;
    private final Console console;

    ConnectionStrings(KeptPasswords passwords, Console console) {
        this.passwords = passwords;
        this.console = console;
    }

    void leave(List<DemoProject> projects) throws IOException {
        for (DemoProject project : projects) {
            console.paragraph(project.name());
            console.detail("JDBC  " + project.connection().jdbcUrl());
            for (GuideUser user : project.guide().users()) {
                ConnectionInfo connection = project.connection(user);
                passwords.write(user, connection.dotEnv());
                EnvFile file = passwords.file(user);
                console.detail("URI   " + masked(connection).uri());
                console.detail(".env  " + file.path() + (file.isPrivate() ? " (only you can read it)" : ""));
            }
        }
        console.emptyLine();
        console.paragraph("PASSWORD stands for the password, which is in the file.");
    }

    private static ConnectionInfo masked(ConnectionInfo connection) {
        return new ConnectionInfo(
                connection.host(),
                connection.port(),
                connection.database(),
                connection.user(),
                Optional.of(PLACEHOLDER),
                connection.jdbcUrl(),
                Map.of());
    }
}
