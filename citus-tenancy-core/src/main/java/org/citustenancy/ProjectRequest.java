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
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.NodeAuthentication;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.UserOptions;

/**
 * The desired state of a project. Immutable: each method returns a changed copy. Call {@link #create()} or {@link
 * #plan()} last.
 *
 * <pre>{@code
 * Project app = cluster.project("app_production")
 *         .withUser("app_user", Secret.of(appPassword))
 *         .setting("statement_timeout", "30s")
 *         .connectionLimit(40)
 *         .create();
 * }</pre>
 *
 * <p>Anything that a request does not mention stays unchanged: a request does not remove a user, setting or extension
 * of an earlier request.
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
     * Adds the user who owns the project. The owner creates and distributes tables in it.
     *
     * @param name the user
     * @param password the user's password
     * @return a copy of this request with the change
     * @throws InvalidRequestException if the name is not valid for a role, or the request already has a user of this
     *     name
     */
    public ProjectRequest withUser(String name, Secret password) {
        return with(name, AccessLevel.OWNER, given(password), UserOptions.STANDARD);
    }

    /**
     * Adds the user who owns the project, with limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a copy of this request with the change
     */
    public ProjectRequest withUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.OWNER, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * Adds the user who owns the project, with a password of 192 random bits if the role is new. {@link
     * Project#connection} returns a generated password once. An existing role keeps its password. If another project is
     * creating the role, this request waits for it.
     *
     * @param name the user
     * @return a copy of this request with the change
     */
    public ProjectRequest withUser(String name) {
        return with(name, AccessLevel.OWNER, Optional.empty(), UserOptions.STANDARD);
    }

    /**
     * Adds the user who owns the project, named by the convention ({@code <project>_user}), with a generated password.
     *
     * @return a copy of this request with the change
     */
    public ProjectRequest withUser() {
        return withUser(cluster.options().naming().owner(desired.name()));
    }

    /**
     * Adds a user who reads and changes rows of the current tables and of tables that the owner creates later. The user
     * cannot change the schema.
     *
     * @param name the user
     * @param password the user's password
     * @return a copy of this request with the change
     */
    public ProjectRequest withReadWriteUser(String name, Secret password) {
        return withReadWriteUser(name, password, UnaryOperator.identity());
    }

    /**
     * Adds a user who reads and changes rows, with chosen schemas and limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a copy of this request with the change
     */
    public ProjectRequest withReadWriteUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.READ_WRITE, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * Adds a user who reads rows of the current tables and of tables that the owner creates later.
     *
     * @param name the user
     * @param password the user's password
     * @return a copy of this request with the change
     */
    public ProjectRequest withReadOnlyUser(String name, Secret password) {
        return withReadOnlyUser(name, password, UnaryOperator.identity());
    }

    /**
     * Adds a user who reads rows, with chosen schemas and limits.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}
     * @return a copy of this request with the change
     */
    public ProjectRequest withReadOnlyUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.READ_ONLY, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * Adds a user who reads only the named tables. The grant on a table that does not exist yet waits: the next {@link
     * #create()}, {@link Project#repair()} or {@link Project#tables()} call that finds the table grants it.
     *
     * @param name the user
     * @param password the user's password
     * @param table a table, as {@link org.citustenancy.tables.TableName#of} reads it
     * @param more other tables
     * @return a copy of this request with the change
     */
    public ProjectRequest withTableUser(String name, Secret password, String table, String... more) {
        UserOptions options = UserOptions.STANDARD.table(TableGrant.on(table));
        for (String another : more) {
            options = options.table(TableGrant.on(another));
        }
        return with(name, AccessLevel.TABLES, given(password), options);
    }

    /**
     * Adds a user who has only the chosen privileges, on only the named tables.
     *
     * @param name the user
     * @param password the user's password
     * @param options changes {@link UserOptions#STANDARD}; names at least one {@link UserOptions#table}
     * @return a copy of this request with the change
     */
    public ProjectRequest withTableUser(String name, Secret password, UnaryOperator<UserOptions> options) {
        return with(name, AccessLevel.TABLES, given(password), options.apply(UserOptions.STANDARD));
    }

    /**
     * Adds a user of any level. The library generates a password if the role is new; an existing role keeps its
     * password.
     *
     * @param name the user
     * @param level the access level of the user
     * @param options changes {@link UserOptions#STANDARD}
     * @return a copy of this request with the change
     */
    public ProjectRequest withUser(String name, AccessLevel level, UnaryOperator<UserOptions> options) {
        return with(name, level, Optional.empty(), options.apply(UserOptions.STANDARD));
    }

    /**
     * Removes a user from the project: the user can no longer connect to it and has no privileges in it. Objects that
     * the user owned in it pass to the project's owner. The role stays, for other projects; see {@link
     * ClusterUsers#drop}.
     *
     * @param name the user
     * @return a copy of this request with the change
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
     * Limits the number of concurrent sessions of the project on each node. Queries of other nodes count as sessions
     * too.
     *
     * @param sessions the number; -1 for no limit
     * @return a copy of this request with the change
     */
    public ProjectRequest connectionLimit(int sessions) {
        if (sessions < -1 || sessions == 0) {
            throw new InvalidRequestException(Failure.of("A connection limit of " + sessions + " allows no session")
                    .fix("give a positive number, or -1 for no limit"));
        }
        return with(desired.withConnectionLimit(OptionalInt.of(sessions)));
    }

    /**
     * Sets a parameter for every session of the project.
     *
     * @param name the parameter, for example {@code statement_timeout} or {@code citus.shard_count}
     * @param value its value as in {@code postgresql.conf}
     * @return a copy of this request with the change
     */
    public ProjectRequest setting(String name, String value) {
        SortedMap<String, DesiredSetting> settings = new TreeMap<>(desired.settings());
        DesiredSetting setting = new DesiredSetting(name, value);
        settings.put(setting.name(), setting);
        return with(desired.withSettings(settings));
    }

    /**
     * Adds an extension that the project has on every node, besides Citus. It must be installed on all nodes.
     *
     * @param name the extension, for example {@code pgcrypto}
     * @return a copy of this request with the change
     */
    public ProjectRequest extension(String name) {
        SortedSet<String> extensions = new TreeSet<>(desired.extensions());
        extensions.add(Names.identifier("extension", name));
        return with(desired.withExtensions(extensions));
    }

    /**
     * Sets the rules for the distribution of the project's tables. They replace those of an earlier request. {@link
     * #create()} stores them and changes no table: tables are created by migrations, and {@link ProjectTables#apply()}
     * distributes them. {@link Project#verify()} reports the tables that are not distributed as the rules say.
     *
     * <pre>{@code
     * cluster.project("shop")
     *         .withUser("shop_user", Secret.of(password))
     *         .distribution(rules -> rules.everyTableWith("company_id").reference("countries"))
     *         .create();
     * }</pre>
     *
     * @param rules completes {@link DistributionRules#create()}
     * @return a copy of this request with the change
     */
    public ProjectRequest distribution(UnaryOperator<DistributionRules> rules) {
        return distribution(Names.given("distribution rules", rules).apply(DistributionRules.create()));
    }

    /**
     * Sets the rules for the distribution of the project's tables, as {@link #distribution(UnaryOperator)} does.
     *
     * @param rules the rules; {@link DistributionRules#create()} removes those of an earlier request
     * @return a copy of this request with the change
     */
    public ProjectRequest distribution(DistributionRules rules) {
        return with(desired.withDistribution(Optional.of(Names.given("distribution rules", rules))));
    }

    /**
     * Sets how the nodes authenticate the project's users when another node connects as one of them.
     *
     * @param way the authentication; by default the library detects it
     * @return a copy of this request with the change
     */
    public ProjectRequest nodeAuthentication(NodeAuthentication way) {
        return with(desired.withNodeAuthentication(way));
    }

    /**
     * Permits the request to adopt a database of this name that was created manually, on the coordinator only or on all
     * nodes.
     *
     * @return a copy of this request with the change
     */
    public ProjectRequest adoptExisting() {
        return with(desired.adopting());
    }

    /**
     * Reports the progress of {@link #create()} to a listener. A listener of {@link CitusCluster#onProgress} receives
     * the progress of every operation.
     *
     * @param progress the listener
     * @return a copy of this request with the listener
     */
    public ProjectRequest onProgress(ProgressListener progress) {
        return new ProjectRequest(cluster, desired, progress);
    }

    private ProjectRequest with(DesiredProject changed) {
        return new ProjectRequest(cluster, changed, listener);
    }

    /**
     * Plans {@link #create()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan, empty if the project has the desired state
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #create()} does
     */
    public ProvisioningPlan plan() {
        return ReadOnlyCall.changingNothing(
                () -> new ProjectProvisioner(cluster.internals(), ProvisioningMode.REQUEST).plan(desired));
    }

    /**
     * Reconciles the project with this request on every node, and changes nothing that matches already. After a
     * failure, running it again resumes where it stopped.
     *
     * <p>If the project was complete before, the library first observes its state outside its database: on every node,
     * the databases, roles, settings, limits, and the ownership and privileges of roles in it. If all of that is
     * unchanged, the library does not connect to the project and changes nothing. {@link Project#verify()} and {@link
     * Project#repair()} always observe the state inside the database too, such as objects of the superuser.
     *
     * @return the project, after every node was verified and the project's users reached every worker
     * @throws org.citustenancy.errors.ConflictException if an object of this name exists that the request may not adopt
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     * @throws org.citustenancy.errors.StepFailedException if a node refuses a step
     * @throws org.citustenancy.errors.IncompleteException if a node reports a different state afterwards
     * @throws org.citustenancy.errors.DeadlineExceededException if it takes longer than the deadline
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
