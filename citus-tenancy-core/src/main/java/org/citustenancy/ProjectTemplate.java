package org.citustenancy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.templates.ProjectsFromTemplate;
import org.citustenancy.internal.templates.TemplateMaker;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.users.Secret;

/**
 * A sealed project, of which new ones are copies; see {@link CitusCluster#template}. Safe for use by several threads, and
 * by several processes on the same cluster.
 *
 * <pre>{@code
 * ProjectTemplate shops = cluster.template(
 *         cluster.project("shop_template").withUser("shop_owner"), "version 7", project -> migrate(project));
 * Project shop = shops.create("shop_42");
 * }</pre>
 */
public final class ProjectTemplate {

    private final CitusCluster cluster;
    private final String name;
    private final ProjectsFromTemplate projects;
    private final Map<String, Secret> passwords;

    private ProjectTemplate(CitusCluster cluster, String name, String fingerprint, Map<String, Secret> passwords) {
        this.cluster = cluster;
        this.name = name;
        this.projects = new ProjectsFromTemplate(cluster.internals(), name, fingerprint);
        this.passwords = Map.copyOf(passwords);
    }

    /** Makes it, unless it is there. */
    static ProjectTemplate ensure(
            CitusCluster cluster, DesiredProject desired, String fingerprint, Consumer<Project> preparation) {
        Map<String, Secret> passwords = new HashMap<>();
        desired.users().values().forEach(user -> user.password()
                .ifPresent(password -> passwords.put(user.name(), password)));
        new TemplateMaker(cluster.internals(), desired, fingerprint).ensure(made -> {
            passwords.putAll(made.generated());
            preparation.accept(new Project(cluster, made.desired(), Optional.of(made.result())));
        });
        return new ProjectTemplate(cluster, desired.name(), fingerprint, passwords);
    }

    /**
     * The template's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Makes a project with all that is in the template, on all nodes at once, in little more time than they need to copy
     * files. Its users are the template's.
     *
     * <p>Citus does not know the copy's database as an object of its own: {@code ALTER DATABASE} and {@code GRANT ... ON
     * DATABASE} that you run in it by hand stay on the node where they run. What you change by {@link
     * CitusCluster#project} reaches every node.
     *
     * @param project the new project's name; what an attempt that failed has left under it is created again
     * @return the project, after every node was verified
     * @throws org.citustenancy.errors.ConflictException if there is something of this name, or if the template is older
     *     than the nodes or the library; asking {@link CitusCluster#template} for it again creates it again
     * @throws org.citustenancy.errors.CapacityException if the copy would get no maintenance daemon
     * @throws org.citustenancy.errors.CitusTenancyException as {@link ProjectRequest#create()} does
     */
    public Project create(String project) {
        String checked = Names.project(project, cluster.internals().maintenanceDatabase());
        Provisioned made = projects.create(checked, StepListener.NONE);
        DesiredProject desired = made.desired()
                .withUsers(made.desired().users().values().stream()
                        .map(this::withPassword)
                        .toList());
        return new Project(cluster, desired, Optional.of(made.result()));
    }

    private DesiredUser withPassword(DesiredUser user) {
        Secret password = passwords.get(user.name());
        return password == null ? user : user.withPassword(password);
    }

    /**
     * Drops the template. Projects that were made from it stay.
     *
     * @return what was done
     */
    public ProvisioningResult drop() {
        return new ProjectRemover(cluster.internals()).drop(name, false);
    }

    /** The template's name. */
    @Override
    public String toString() {
        return name;
    }
}
