package org.citustenancy.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The passwords of the projects' users, kept in their {@code .env} files. They are generated once and written before
 * their first use, so that an interrupted run never leaves a role with an unknown password. They are never changed.
 */
final class KeptPasswords {

    private static final Logger LOG = LoggerFactory.getLogger(KeptPasswords.class);
    private static final String WRONG_PASSWORD = "28P01";

    private final DemoCluster cluster;
    private final Path directory;
    private final Set<String> inUse;
    private final Changes changes;

    /**
     * Creates the passwords of a cluster.
     *
     * @param cluster the cluster
     * @param directory the directory of its files
     * @param inUse the users whose roles already have a password
     * @param changes counts the files that are written
     */
    KeptPasswords(DemoCluster cluster, Path directory, Set<String> inUse, Changes changes) {
        this.cluster = cluster;
        this.directory = directory;
        this.inUse = inUse;
        this.changes = changes;
    }

    EnvFile file(GuideUser user) {
        return new EnvFile(directory.resolve(user.fileName()));
    }

    /** Returns the password of a user, after writing it to the user's file. */
    Secret of(GuideUser user) throws IOException {
        Optional<Secret> known = known(user);
        if (inUse.contains(user.name())) {
            requireSame(
                    user,
                    known.orElseThrow(() -> refusal(
                            "is on this cluster already, and its password is not in "
                                    + file(user).path(),
                            "Write the file, with DB_NAME=" + user.project() + ", DB_USER=" + user.name()
                                    + " and DB_PASSWORD, or set " + DemoSettings.DIRECTORY
                                    + " to the directory where it was kept",
                            user)));
        }
        if (known.isPresent()) {
            return known.get();
        }
        Secret generated = Secret.generate();
        write(user, contents(user, generated));
        return generated;
    }

    /** Writes a user's file if its contents differ. */
    void write(GuideUser user, String contents) throws IOException {
        if (file(user).write(contents)) {
            changes.count(".env file", 1);
        }
    }

    private Optional<Secret> known(GuideUser user) throws IOException {
        Map<String, String> variables = file(user).read();
        return Optional.ofNullable(variables.get("DB_PASSWORD"))
                .filter(password -> user.project().equals(variables.get("DB_NAME")))
                .filter(password -> user.name().equals(variables.get("DB_USER")))
                .map(Secret::of);
    }

    private void requireSame(GuideUser user, Secret password) {
        try {
            new Login(cluster.options().jdbcUrl(), user.name(), password).tryOut();
        } catch (SQLException refused) {
            if (WRONG_PASSWORD.equals(refused.getSQLState())) {
                throw refusal(
                        "has another password than the one in " + file(user).path(),
                        "Put the right one into the file as DB_PASSWORD",
                        user);
            }
            LOG.debug("Whether {} has the password that is kept is not known", user.name(), refused);
        }
    }

    private static DemoFailure refusal(String what, String action, GuideUser user) {
        return new DemoFailure(
                "The role " + user.name() + " " + what + ". The demo changes no password that an application"
                        + " may be using. Nothing was changed on the cluster. " + action + ", and run the demo again.");
    }

    private String contents(GuideUser user, Secret password) {
        return new ConnectionInfo(
                        cluster.host(),
                        cluster.port(),
                        user.project(),
                        user.name(),
                        Optional.of(password),
                        cluster.options().jdbcUrl(),
                        Map.of())
                .dotEnv();
    }
}
