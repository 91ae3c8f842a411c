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
 * The passwords of the projects' owners, kept in their {@code .env} files. They are generated once and written down before
 * they are used, so that no run that is cut short leaves a role whose password nobody knows; and they are never changed.
 */
final class KeptPasswords {

    private static final Logger LOG = LoggerFactory.getLogger(KeptPasswords.class);
    private static final String WRONG_PASSWORD = "28P01";

    private final DemoCluster cluster;
    private final Path directory;
    private final Set<String> inUse;
    private final Changes changes;

    /**
     * Passwords for a cluster.
     *
     * @param cluster the cluster
     * @param directory where its files are
     * @param inUse the owners whose roles have a password already
     * @param changes where files that are written count
     */
    KeptPasswords(DemoCluster cluster, Path directory, Set<String> inUse, Changes changes) {
        this.cluster = cluster;
        this.directory = directory;
        this.inUse = inUse;
        this.changes = changes;
    }

    EnvFile file(GuideProject project) {
        return new EnvFile(directory.resolve(project.name() + ".env"));
    }

    /** The password of a project's owner, which is in the project's file by now. */
    Secret of(GuideProject project) throws IOException {
        Optional<Secret> known = known(project);
        if (inUse.contains(project.owner())) {
            requireSame(
                    project,
                    known.orElseThrow(() -> refusal(
                            "is on this cluster already, and its password is not in "
                                    + file(project).path(),
                            "Write the file, with DB_NAME=" + project.name() + ", DB_USER=" + project.owner()
                                    + " and DB_PASSWORD, or set " + DemoSettings.DIRECTORY
                                    + " to the directory where it was kept",
                            project)));
        }
        if (known.isPresent()) {
            return known.get();
        }
        Secret generated = Secret.generate();
        write(project, contents(project, generated));
        return generated;
    }

    /** Writes a project's file, if it is not so already. */
    void write(GuideProject project, String contents) throws IOException {
        if (file(project).write(contents)) {
            changes.count(".env file", 1);
        }
    }

    private Optional<Secret> known(GuideProject project) throws IOException {
        Map<String, String> variables = file(project).read();
        return Optional.ofNullable(variables.get("DB_PASSWORD"))
                .filter(password -> project.name().equals(variables.get("DB_NAME")))
                .filter(password -> project.owner().equals(variables.get("DB_USER")))
                .map(Secret::of);
    }

    private void requireSame(GuideProject project, Secret password) {
        try {
            new Login(cluster.options().jdbcUrl(), project.owner(), password).tryOut();
        } catch (SQLException refused) {
            if (WRONG_PASSWORD.equals(refused.getSQLState())) {
                throw refusal(
                        "has another password than the one in " + file(project).path(),
                        "Put the right one into the file as DB_PASSWORD",
                        project);
            }
            LOG.debug("Whether {} has the password that is kept cannot be told", project.owner(), refused);
        }
    }

    private static DemoFailure refusal(String what, String action, GuideProject project) {
        return new DemoFailure(
                "The role " + project.owner() + " " + what + ". The demo changes no password that somebody"
                        + " may be using. Nothing was changed on the cluster. " + action + ", and run the demo again.");
    }

    private String contents(GuideProject project, Secret password) {
        return new ConnectionInfo(
                        cluster.host(),
                        cluster.port(),
                        project.name(),
                        project.owner(),
                        Optional.of(password),
                        cluster.options().jdbcUrl(),
                        Map.of())
                .dotEnv();
    }
}
