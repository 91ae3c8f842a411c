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
 * How to work with a cluster. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * CitusCluster.connect(ClusterOptions.of("jdbc:postgresql://citus-master:5432/postgres", "postgres", password)
 *         .deadline(Duration.ofMinutes(2))
 *         .requireCitus(false));
 * }</pre>
 *
 * @param jdbcUrl the maintenance database on the coordinator, as pgjdbc takes it; TLS options go in here
 * @param admin the superuser that the library connects as
 * @param adminPassword that superuser's password
 * @param requireCitus whether a server without Citus is refused; without it everything but distribution works
 * @param deadline how long one operation on one project may take, locks included
 * @param parallelism how many projects are worked on at the same time
 * @param naming the names that are used where the caller gives none
 * @param requireCapacity whether a project is refused for which some node could start no maintenance daemon
 * @param emptyTemplates whether each node may keep an empty template, to make new ones from
 * @param directWorkerConnections whether workers may be reached past the coordinator
 * @param endSessionsOnRotation whether a change of a password may end the user's sessions where these keep it from ending
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

    /** Checks what is given. */
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
     * The usual way: Citus is required, five minutes an operation, four projects at a time, the usual names.
     *
     * @param jdbcUrl the maintenance database on the coordinator
     * @param admin the superuser
     * @param adminPassword the superuser's password
     * @return options to be changed with the other methods
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
     * Whether a server without Citus is refused.
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
     * How long an operation may take.
     *
     * @param allowed the time, locks included
     * @return a copy
     */
    public ClusterOptions deadline(Duration allowed) {
        Change change = new Change(this);
        change.deadline = allowed;
        return change.done();
    }

    /**
     * How many projects are worked on at the same time.
     *
     * @param projects the number; each takes up to four connections to the coordinator
     * @return a copy
     */
    public ClusterOptions parallelism(int projects) {
        Change change = new Change(this);
        change.parallelism = projects;
        return change.done();
    }

    /**
     * The names that are used where the caller gives none.
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
     * Whether a project is refused for which some node could start no maintenance daemon.
     *
     * @param required false to create it all the same; Citus then detects no deadlocks and finishes no prepared transactions there
     * @return a copy
     */
    public ClusterOptions requireCapacity(boolean required) {
        Change change = new Change(this);
        change.requireCapacity = required;
        return change.done();
    }

    /**
     * Whether each node may keep an empty template, {@code citus_tenancy_blank}, with nothing in it but Citus. It is made
     * when three or more databases are about to be made at once, on the nodes or on a new worker; from then on, new
     * databases are copies of it, which takes a fraction of the time that creating Citus in them takes. No user can connect
     * to it, and it may be dropped at any time, as it must be before {@code pg_upgrade}. It is created again for another
     * version of Citus; after a change of {@code template1}, drop it.
     *
     * @param allowed false to make none
     * @return a copy
     */
    public ClusterOptions emptyTemplates(boolean allowed) {
        Change change = new Change(this);
        change.emptyTemplates = allowed;
        return change.done();
    }

    /**
     * Whether workers may be reached past the coordinator, by the addresses by which the nodes know each other and with the
     * admin's password, where that works from here and it is the same server that the coordinator reaches. The library then
     * sends all commands of a worker through one session; through the coordinator, each command costs a new connection there.
     * The coordinator always serves a worker that cannot be reached directly, regardless of this option.
     *
     * @param allowed false to reach the coordinator only
     * @return a copy
     */
    public ClusterOptions directWorkerConnections(boolean allowed) {
        Change change = new Change(this);
        change.directWorkerConnections = allowed;
        return change.done();
    }

    /**
     * Whether a change of a password may end the sessions of that user, on every node, when a quarter of the deadline is left
     * (15 seconds at least, half of it at most) and it is still waiting. An open transaction of the user holds tables that the change must hold for a moment; without
     * this, a stolen password can be kept from changing. Sessions of other users are never ended.
     *
     * @param allowed false to end none; the change then fails at the deadline
     * @return a copy
     */
    public ClusterOptions endSessionsOnRotation(boolean allowed) {
        Change change = new Change(this);
        change.endSessionsOnRotation = allowed;
        return change.done();
    }

    /**
     * How a user connects to a database of the cluster, without a check that both exist: for applications that start before
     * their projects are available.
     *
     * @param database the database
     * @param user the user
     * @param password the user's password
     * @return the connection, by the hosts and driver options of the URL
     * @throws InvalidRequestException if the URL is not one
     */
    public ConnectionInfo connection(String database, String user, Secret password) {
        return CoordinatorAddress.of(jdbcUrl).connection(database, user, Optional.of(password));
    }

    /** The options, passwords masked, one that is in the URL too. */
    @Override
    public String toString() {
        return "ClusterOptions[jdbcUrl=" + MaskedUrl.of(jdbcUrl) + ", admin=" + admin + ", adminPassword="
                + adminPassword
                + ", requireCitus=" + requireCitus + ", deadline=" + deadline + ", parallelism=" + parallelism
                + ", naming=" + naming + ", requireCapacity=" + requireCapacity + ", emptyTemplates=" + emptyTemplates
                + ", directWorkerConnections=" + directWorkerConnections + ", endSessionsOnRotation="
                + endSessionsOnRotation + "]";
    }

    /** The values of a copy, of which some are to differ. */
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
