package org.citustenancy;

import java.util.List;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.AdminPasswordRotation;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.PasswordRotation;
import org.citustenancy.internal.provisioning.UserRemover;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.users.AdminRotation;
import org.citustenancy.users.Secret;

/**
 * The operations on users that affect all their projects, and the rotation of the admin's password. The request of a
 * project adds users to it ({@link ProjectRequest#withUser(String, Secret)}).
 *
 * <pre>{@code
 * Secret next = cluster.users().rotatePassword("app_user");             // in every project of the user, on every node
 * cluster.users().drop("reports_user");
 * }</pre>
 */
public final class ClusterUsers {

    private final Cluster cluster;

    ClusterUsers(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Sets a new generated password for a user, as {@link #rotatePassword(String, Secret)} does.
     *
     * @param user the user
     * @return the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public Secret rotatePassword(String user) {
        Secret password = Secret.generate();
        rotatePassword(user, password);
        return password;
    }

    /**
     * Changes a user's password on every node. If the nodes authenticate the user to each other with this password, the
     * method changes it in every project too. During the change, statements on distributed tables of those projects
     * wait, so that none of them fails. Then the listeners are notified.
     *
     * <p>Open sessions stay open, with one exception: if sessions of the user still block the change when a quarter of
     * the deadline is left, the library ends these ({@link ClusterOptions#endSessionsOnRotation}). The library checks
     * every node before it changes the first one. A later failure restores the former password.
     *
     * @param user the user
     * @param password the new password
     * @throws NotFoundException if no managed project has the user
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if a long transaction keeps the fence from closing in
     *     time; nothing was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public void rotatePassword(String user, Secret password) {
        new PasswordRotation(cluster).rotate(Names.given("user", user), Names.given("password", password));
    }

    /**
     * Plans {@link #rotatePassword(String)}: returns the statements that it would run now, with the node and the reason
     * for each, and without passwords. Changes nothing, takes no locks, and does not block any statements.
     *
     * @param user the user
     * @return the plan, with the user in place of a project
     * @throws NotFoundException if no managed project has the user
     * @throws org.citustenancy.errors.ConflictException if a node cannot accept the password
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public ProvisioningPlan planRotatePassword(String user) {
        return ReadOnlyCall.changingNothing(() -> new PasswordRotation(cluster).plan(Names.given("user", user)));
    }

    /**
     * Sets a new generated password for the admin, as {@link #rotateAdminPassword(Secret)} does.
     *
     * <pre>{@code
     * try {
     *     AdminRotation rotation = cluster.users().rotateAdminPassword();
     *     store(rotation.password());
     *     rotation.remaining().forEach(node -> log.warn("{}", node));
     * } catch (PasswordRotationException failed) {
     *     store(failed.password());
     * }
     * }</pre>
     *
     * @return the completed changes, the pending ones of each node, and the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public AdminRotation rotateAdminPassword() {
        return rotateAdminPassword(Secret.generate());
    }

    /**
     * Changes the password of the cluster's admin: on every node, in the admin's rows of {@code pg_dist_authinfo}, and
     * in the sessions of the {@link CitusCluster}. The rows are those that exist in the maintenance database and in
     * each project on each node. The library checks every node before it changes the first one. It changes the workers
     * first and the coordinator last. A failure before that restores the former password.
     *
     * <p>A role has one password. From the change of the first node to the change of the last row, new connections of
     * the admin between nodes may fail ({@link AdminRotation#interruption()}). This affects the distribution of tables,
     * other DDL, and the daemons of Citus, which retry. Open sessions stay open. Queries of projects' users do not need
     * the admin's password.
     *
     * <p>Nodes that read the password from a file (PGPASSFILE, {@code ~/.pgpass}) present the former one until you edit
     * the file; the library cannot edit it. {@link AdminRotation#remaining()} names each such node. Prepare the files,
     * call this method, and replace the files immediately.
     *
     * <p>Store the password before you pass it to this method, or take it from the result or the exception. Other
     * processes get a {@link org.citustenancy.errors.ConnectionException} (28P01) until they connect with the new one.
     * If the process ends during the change, connect with the password that the coordinator accepts and call this
     * method with the new one again: it resumes where it stopped.
     *
     * @param newPassword the new password
     * @return the completed changes, and the pending ones of each node
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if another operation holds a project's lock for too
     *     long; nothing was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public AdminRotation rotateAdminPassword(Secret newPassword) {
        return new AdminPasswordRotation(cluster).rotate(Names.given("password", newPassword));
    }

    /**
     * Drops a user: removes it from every project, and then drops the role on every node. Objects that the user owns in
     * a project pass to the project's owner.
     *
     * @param user the user
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if the user owns a project, or an object in a database that is
     *     not managed here
     */
    public List<StepOutcome> drop(String user) {
        return new UserRemover(cluster).drop(Names.given("user", user));
    }
}
