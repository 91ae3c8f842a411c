package org.citustenancy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.desired.Names;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.NodeAuthentication;
import org.citustenancy.users.Secret;

/**
 * What is asked for of a project. Immutable: each method gives a request that asks for more, and {@link #create()} or
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
 * <p>What a request leaves open stays as it is: a user, setting or extension that an earlier request asked for is not
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
        return with(new DesiredUser(name, AccessLevel.OWNER, Optional.of(password)));
    }

    /**
     * The user who owns the project, with a password of 192 random bits if the role is new. It is handed out once, by
     * {@link Project#connection}; a role that is there already keeps its password.
     *
     * @param name the user
     * @return a request that asks for this too
     */
    public ProjectRequest withUser(String name) {
        return with(new DesiredUser(name, AccessLevel.OWNER, Optional.empty()));
    }

    /**
     * The user who owns the project, named by the convention ({@code <project>_user}), with a generated password.
     *
     * @return a request that asks for this too
     */
    public ProjectRequest withUser() {
        return withUser(cluster.options().naming().owner(desired.name()));
    }

    private ProjectRequest with(DesiredUser user) {
        Map<String, DesiredUser> users = new LinkedHashMap<>(desired.users());
        if (users.putIfAbsent(user.name(), user) != null) {
            throw new InvalidRequestException(Failure.of("The user \"" + user.name()
                            + "\" was named twice for the project \"" + desired.name() + "\"")
                    .toDo("name each user once, with the highest access level needed"));
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
            throw new InvalidRequestException(Failure.of("A connection limit of " + sessions + " lets nobody in")
                    .toDo("give a positive number, or -1 for no limit"));
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
     * How the nodes let the project's users in when another node connects as one of them.
     *
     * @param way by default it is found out
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
     * Who is told of each step.
     *
     * @param progress the listener
     * @return a request that tells it
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
     * @return the plan, empty if everything is as asked for
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #create()} does
     */
    public ProvisioningPlan plan() {
        return new ProjectProvisioner(cluster.internals()).plan(desired);
    }

    /**
     * Makes the project what was asked for, on every node, and changes nothing if it is already. If it fails, running it
     * again goes on from where it came to.
     *
     * @return the project, after every node was asked and its users got through to every worker
     * @throws org.citustenancy.errors.ConflictException if there is something of this name that it may not take over
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     * @throws org.citustenancy.errors.StepFailedException if a node refuses a step
     * @throws org.citustenancy.errors.IncompleteException if a node says something else afterwards
     * @throws org.citustenancy.errors.DeadlineExceededException if it takes longer than allowed
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     */
    public Project create() {
        Provisioned provisioned = new ProjectProvisioner(cluster.internals()).create(desired, listener);
        return new Project(cluster, provisioned.desired(), Optional.of(provisioned.result()));
    }

    DesiredProject desired() {
        return desired;
    }
}
