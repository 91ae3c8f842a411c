package org.citustenancy;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.users.Secret;

/**
 * The options of a connection to a cluster. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * CitusCluster.connect(ClusterOptions.of("jdbc:postgresql://citus-master:5432/postgres", "postgres", password)
 *         .deadline(Duration.ofMinutes(2))
 *         .requireCitus(false));
 * }</pre>
 *
 * @param jdbcUrl the URL of the maintenance database on the coordinator, in the format of pgjdbc; it may contain TLS
 *     options
 * @param admin the superuser that the library connects as
 * @param adminPassword the superuser's password
 * @param requireCitus whether to refuse a server without Citus; without Citus, everything but distribution works
 * @param deadline how long one operation on one project may take, including locks
 * @param parallelism the number of projects that operations process at the same time
 * @param naming the names that the library uses if the caller sets none
 * @param requireCapacity whether to refuse a project for which some node could not start a maintenance daemon
 * @param emptyTemplates whether each node may keep an empty template as the source of new databases
 * @param directWorkerConnections whether to connect to workers directly, bypassing the coordinator
 * @param endSessionsOnRotation whether a password change may end sessions of the user that block it
 */
public record ClusterOptions(
        String jdbcUrl,
        String admin,
        Secret adminPassword,
        boolean requireCitus,
        Duration deadline,
        int parallelism,
        NamingConvention naming,
        boolean requireCapacity,
        boolean emptyTemplates,
        boolean directWorkerConnections,
        boolean endSessionsOnRotation) {

    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);
    private static final int DEFAULT_PARALLELISM = 4;

    /** Checks the values. */
    public ClusterOptions {
        if (Stream.of(jdbcUrl, admin, adminPassword).anyMatch(Objects::isNull)) {
            throw new InvalidRequestException(Failure.of("The URL, the admin or the admin's password is missing (null)")
                    .fix("give all three"));
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("A deadline of " + deadline + " leaves no time").fix("give a positive one"));
        }
        if (parallelism < 1) {
            throw new InvalidRequestException(Failure.of("A parallelism of " + parallelism + " would do nothing")
                    .fix("give at least 1"));
        }
    }

    /**
     * Returns the standard options: Citus is required, an operation may take five minutes, four projects run at a time,
     * and the standard naming convention applies.
     *
     * @param jdbcUrl the maintenance database on the coordinator
     * @param admin the superuser
     * @param adminPassword the superuser's password
     * @return the options, to be changed with the other methods
     */
    public static ClusterOptions of(String jdbcUrl, String admin, Secret adminPassword) {
        return new ClusterOptions(
                jdbcUrl,
                admin,
                adminPassword,
                true,
                DEFAULT_DEADLINE,
                DEFAULT_PARALLELISM,
                NamingConvention.standard(),
                true,
                true,
                true,
                true);
    }

    /**
     * Sets whether to refuse a server without Citus.
     *
     * @param required false to develop against plain PostgreSQL
     * @return a copy
     */
    public ClusterOptions requireCitus(boolean required) {
        Change change = new Change(this);
        change.requireCitus = required;
        return change.done();
    }

    /**
     * Sets how long an operation may take.
     *
     * @param allowed the time, including locks; when it has passed, the library looks for nodes that do not answer, for
     *     some seconds at most, and names them
     * @return a copy
     */
    public ClusterOptions deadline(Duration allowed) {
        Change change = new Change(this);
        change.deadline = allowed;
        return change.done();
    }

    /**
     * Sets the number of projects that operations process at the same time.
     *
     * @param projects the number; each project takes up to four connections to the coordinator
     * @return a copy
     */
    public ClusterOptions parallelism(int projects) {
        Change change = new Change(this);
        change.parallelism = projects;
        return change.done();
    }

    /**
     * Sets the names that the library uses if the caller sets none.
     *
     * @param convention the convention
     * @return a copy
     */
    public ClusterOptions naming(NamingConvention convention) {
        Change change = new Change(this);
        change.naming = convention;
        return change.done();
    }

    /**
     * Sets whether to refuse a project for which some node could not start a maintenance daemon.
     *
     * @param required false to create it nevertheless; Citus then detects no deadlocks and finishes no prepared
     *     transactions there
     * @return a copy
     */
    public ClusterOptions requireCapacity(boolean required) {
        Change change = new Change(this);
        change.requireCapacity = required;
        return change.done();
    }

    /**
     * Sets whether each node may keep an empty template, {@code citus_tenancy_blank}, which contains only Citus. The
     * library creates it before it creates three or more databases at once, on the nodes or on a new worker. From then
     * on, new databases are copies of it, which takes a fraction of the time of creating Citus in them.
     *
     * <p>No user can connect to the template. You can drop it at any time, and must drop it before {@code pg_upgrade}.
     * The library creates it again for another version of Citus. After a change of {@code template1}, drop it.
     *
     * @param allowed false to create no template
     * @return a copy
     */
    public ClusterOptions emptyTemplates(boolean allowed) {
        Change change = new Change(this);
        change.emptyTemplates = allowed;
        return change.done();
    }

    /**
     * Sets whether to connect to workers directly, bypassing the coordinator. The library uses the addresses by which
     * the nodes reach each other, and the admin's password. It does so only if the connection succeeds and reaches the
     * same server as the coordinator does. The library then sends all commands of a worker through one session; through
     * the coordinator, each command requires a new connection. A worker that cannot be reached directly is always
     * reached through the coordinator, regardless of this option.
     *
     * @param allowed false to connect to the coordinator only
     * @return a copy
     */
    public ClusterOptions directWorkerConnections(boolean allowed) {
        Change change = new Change(this);
        change.directWorkerConnections = allowed;
        return change.done();
    }

    /**
     * Sets whether a password change may end sessions of that user, on every node, if it is still waiting when a
     * quarter of the deadline is left (at least 15 seconds, at most half of the deadline). An open transaction of the
     * user holds tables that the change must lock briefly. Without this option, a thief of a password can keep it from
     * changing. Sessions of other users are never ended.
     *
     * @param allowed false to end no sessions; the change then fails at the deadline
     * @return a copy
     */
    public ClusterOptions endSessionsOnRotation(boolean allowed) {
        Change change = new Change(this);
        change.endSessionsOnRotation = allowed;
        return change.done();
    }

    /**
     * Returns the connection of a user to a database of the cluster, without a check that both exist. It is meant for
     * applications that start before their projects are available.
     *
     * @param database the database
     * @param user the user
     * @param password the user's password
     * @return the connection, with the hosts and driver options of the URL
     * @throws InvalidRequestException if the URL is malformed
     */
    public ConnectionInfo connection(String database, String user, Secret password) {
        return CoordinatorAddress.of(jdbcUrl).connection(database, user, Optional.of(password));
    }

    /** Returns the options with passwords masked, including a password in the URL. */
    @Override
    public String toString() {
        return "ClusterOptions[jdbcUrl=" + MaskedUrl.of(jdbcUrl) + ", admin=" + admin + ", adminPassword="
                + adminPassword
                + ", requireCitus=" + requireCitus + ", deadline=" + deadline + ", parallelism=" + parallelism
                + ", naming=" + naming + ", requireCapacity=" + requireCapacity + ", emptyTemplates=" + emptyTemplates
                + ", directWorkerConnections=" + directWorkerConnections + ", endSessionsOnRotation="
                + endSessionsOnRotation + "]";
    }

    /** The values of a copy, some of which are changed. */
    private static final class Change {

        private final ClusterOptions before;
        private boolean requireCitus;
        private Duration deadline;
        private int parallelism;
        private NamingConvention naming;
        private boolean requireCapacity;
        private boolean emptyTemplates;
        private boolean directWorkerConnections;
        private boolean endSessionsOnRotation;

        private Change(ClusterOptions before) {
            this.before = before;
            this.requireCitus = before.requireCitus;
            this.deadline = before.deadline;
            this.parallelism = before.parallelism;
            this.naming = before.naming;
            this.requireCapacity = before.requireCapacity;
            this.emptyTemplates = before.emptyTemplates;
            this.directWorkerConnections = before.directWorkerConnections;
            this.endSessionsOnRotation = before.endSessionsOnRotation;
        }

        private ClusterOptions done() {
            return new ClusterOptions(
                    before.jdbcUrl,
                    before.admin,
                    before.adminPassword,
                    requireCitus,
                    deadline,
                    parallelism,
                    naming,
                    requireCapacity,
                    emptyTemplates,
                    directWorkerConnections,
                    endSessionsOnRotation);
        }
    }
}
