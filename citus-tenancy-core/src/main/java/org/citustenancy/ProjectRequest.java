package org.citustenancy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Look;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.NodeAuthentication;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.UserOptions;

/**
 * The desired state of a project. Immutable: each method gives a request that asks for more, and {@link #create()} or
 * {@link #plan()} is the last one called.
 *
 * <pre>{@code
 * Project app = cluster.project("app_production")
 *         .withUser("app_user", Secret.of(appPassword))
 *         .setting("statement_timeout", "30s")
 *         .connectionLimit(40)
 *         .create();
 * }</pre>
 *
 * <p>What a request leaves open stays as it is: a user, setting or extension of an earlier request is not
 * taken away by one that does not mention it.
 */
public final class ProjectRequest {

    private final CitusCluster cluster;
    private final DesiredProject desired;
    private final ProgressListener listener;

    private ProjectRequest(CitusCluster cluster, DesiredProject desired, ProgressListener listener) {
        this.cluster = cluster;
        this.desired = desired;
        this.listener = listener;
    }

    static ProjectRequest of(CitusCluster cluster, String name) {
        return new ProjectRequest(
                cluster,
                DesiredProject.named(Names.project(name, cluster.internals().maintenanceDatabase())),
                ProgressListener.NONE);
    }

    /**
     * The user who owns the project: creates and distributes tables in it.
     *
     * @param name the user
     * @param password the user's password
     * @return a request that asks for this too
     * @throws InvalidRequestException if no role can have this name, or the user was named before
     */
    public ProjectRequest withUser(String name, Secret password) {
        return with(name, AccessLevel.OWNER, given(password), UserOptions.STANDARD);
    }

    /**
     * The user who owns the project, with limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a request that asks for this too
     */
    public ProjectRequest withUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.OWNER, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * The user who owns the project, with a password of 192 random bits if the role is new. It is handed out once, by
     * {@link Project#connection}; a role that is there already keeps its password. Where another project is making that role
     * at this moment, this one waits for it.
     *
     * @param name the user
     * @return a request that asks for this too
     */
    public ProjectRequest withUser(String name) {
        return with(name, AccessLevel.OWNER, Optional.empty(), UserOptions.STANDARD);
    }

    /**
     * The user who owns the project, named by the convention ({@code <project>_user}), with a generated password.
     *
     * @return a request that asks for this too
     */
    public ProjectRequest withUser() {
        return withUser(cluster.options().naming().owner(desired.name()));
    }

    /**
     * A user who reads and changes rows, of today's tables and of those that the owner creates later, but no schema.
     *
     * @param name the user
     * @param password the user's password
     * @return a request that asks for this too
     */
    public ProjectRequest withReadWriteUser(String name, Secret password) {
        return withReadWriteUser(name, password, UnaryOperator.identity());
    }

    /**
     * A user who reads and changes rows, with chosen schemas and limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a request that asks for this too
     */
    public ProjectRequest withReadWriteUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.READ_WRITE, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * A user who reads rows, of today's tables and of those that the owner creates later.
     *
     * @param name the user
     * @param password the user's password
     * @return a request that asks for this too
     */
    public ProjectRequest withReadOnlyUser(String name, Secret password) {
        return withReadOnlyUser(name, password, UnaryOperator.identity());
    }

    /**
     * A user who reads rows, with chosen schemas and limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a request that asks for this too
     */
    public ProjectRequest withReadOnlyUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.READ_ONLY, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * A user who reads only the named tables. One that does not exist yet is a grant that waits: the next
     * {@link #create()}, {@link Project#repair()} or {@link Project#tables()} call that finds the table grants it.
     *
     * @param name the user
     * @param password the user's password
     * @param table a table, as {@link org.citustenancy.tables.TableName#of} reads it
     * @param more other tables
     * @return a request that asks for this too
     */
    public ProjectRequest withTableUser(String name, Secret password, String table, String... more) {
        UserOptions options = UserOptions.STANDARD.table(TableGrant.on(table));
        for (String another : more) {
            options = options.table(TableGrant.on(another));
        }
        return with(name, AccessLevel.TABLES, given(password), options);
    }

    /**
     * A user who does only what was chosen with only the tables that were named.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}; names at least one {@link UserOptions#table}
     * @return a request that asks for this too
     */
    public ProjectRequest withTableUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.TABLES, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * A user of any level whose password is generated if the role is new, and left as it is otherwise.
     *
     * @param name the user
     * @param level what the user may do
     * @param options changes {@link UserOptions#STANDARD}
     * @return a request that asks for this too
     */
    public ProjectRequest withUser(String name, AccessLevel level, UnaryOperator<UserOptions> options) {
        return with(name, level, Optional.empty(), options.apply(UserOptions.STANDARD));
    }

    /**
     * A user who leaves the project: may not connect to it any more, and has no privilege left in it. What the user owned
     * in it goes to the project's owner. The role stays, for other projects; see {@link CitusCluster#dropUser}.
     *
     * @param name the user
     * @return a request that asks for this too
     */
    public ProjectRequest withoutUser(String name) {
        return with(name, AccessLevel.NONE, Optional.empty(), UserOptions.STANDARD);
    }

    private static Optional<Secret> given(Secret password) {
        return Optional.of(Names.given("password", password));
    }

    private ProjectRequest with(String name, AccessLevel level, Optional<Secret> password, UserOptions options) {
        return with(new DesiredUser(name, level, options, password));
    }

    private ProjectRequest with(DesiredUser user) {
        Map<String, DesiredUser> users = new LinkedHashMap<>(desired.users());
        if (users.putIfAbsent(user.name(), user) != null) {
            throw new InvalidRequestException(Failure.of("The user \"" + user.name()
                            + "\" was named twice for the project \"" + desired.name() + "\"")
                    .fix("name each user once, with the highest access level needed"));
        }
        return with(desired.withAllUsers(users));
    }

    /**
     * How many sessions the project may have on each node at a time. Other nodes' queries count as sessions too.
     *
     * @param sessions the number; -1 for no limit
     * @return a request that asks for this too
     */
    public ProjectRequest connectionLimit(int sessions) {
        if (sessions < -1 || sessions == 0) {
            throw new InvalidRequestException(Failure.of("A connection limit of " + sessions + " allows no session")
                    .fix("give a positive number, or -1 for no limit"));
        }
        return with(desired.withConnectionLimit(OptionalInt.of(sessions)));
    }

    /**
     * A parameter that every session of the project starts with.
     *
     * @param name the parameter, for example {@code statement_timeout} or {@code citus.shard_count}
     * @param value its value as in {@code postgresql.conf}
     * @return a request that asks for this too
     */
    public ProjectRequest setting(String name, String value) {
        SortedMap<String, DesiredSetting> settings = new TreeMap<>(desired.settings());
        DesiredSetting setting = new DesiredSetting(name, value);
        settings.put(setting.name(), setting);
        return with(desired.withSettings(settings));
    }

    /**
     * An extension that the project has on every node, besides Citus. It must be installed on all of them.
     *
     * @param name the extension, for example {@code pgcrypto}
     * @return a request that asks for this too
     */
    public ProjectRequest extension(String name) {
        SortedSet<String> extensions = new TreeSet<>(desired.extensions());
        extensions.add(Names.identifier("extension", name));
        return with(desired.withExtensions(extensions));
    }

    /**
     * How the nodes authenticate the project's users when another node connects as one of them.
     *
     * @param way the way; by default the library detects it
     * @return a request that asks for this too
     */
    public ProjectRequest nodeAuthentication(NodeAuthentication way) {
        return with(desired.withNodeAuthentication(way));
    }

    /**
     * Takes over a database of this name that was made by hand, on the coordinator only or on all nodes.
     *
     * @return a request that asks for this too
     */
    public ProjectRequest adoptExisting() {
        return with(desired.adopting());
    }

    /**
     * Reports the progress of {@link #create()} to a listener. A listener of {@link CitusCluster#onProgress} receives every
     * operation.
     *
     * @param progress the listener
     * @return a request with this listener
     */
    public ProjectRequest onProgress(ProgressListener progress) {
        return new ProjectRequest(cluster, desired, progress);
    }

    private ProjectRequest with(DesiredProject changed) {
        return new ProjectRequest(cluster, changed, listener);
    }

    /**
     * What {@link #create()} would do now. Changes nothing.
     *
     * @return the plan, empty if the project has the desired state
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #create()} does
     */
    public ProvisioningPlan plan() {
        return Look.changingNothing(
                () -> new ProjectProvisioner(cluster.internals(), ProvisioningMode.REQUEST).plan(desired));
    }

    /**
     * Reconciles the project with this request on every node, and changes nothing where it matches. After a failure, running
     * it again resumes where it stopped.
     *
     * <p>For a project that was complete before, the library first observes its outside: its databases, roles, settings,
     * limits, and what roles own and may do in it, on every node. If all that is unchanged, the library does not connect to
     * the project and changes nothing. {@link Project#verify()} and {@link Project#repair()} always observe the inside too,
     * such as objects of the superuser's.
     *
     * @return the project, after every node was verified and its users reached every worker
     * @throws org.citustenancy.errors.ConflictException if there is something of this name that it may not take over
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     * @throws org.citustenancy.errors.StepFailedException if a node refuses a step
     * @throws org.citustenancy.errors.IncompleteException if a node reports a different state afterwards
     * @throws org.citustenancy.errors.DeadlineExceededException if it takes longer than allowed
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     */
    public Project create() {
        return made(new ProjectProvisioner(cluster.internals(), ProvisioningMode.REQUEST)
                .create(desired, StepListener.of(listener)));
    }

    Project made(Provisioned provisioned) {
        return new Project(cluster, provisioned.desired(), Optional.of(provisioned.result()));
    }

    DesiredProject desired() {
        return desired;
    }
}
