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
 * A sealed project, the source of new projects; see {@link CitusCluster#template}. An instance is safe for use by
 * several threads, and by several processes on the same cluster.
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

    /** Creates the template if it does not exist. */
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
     * Returns the name of the template.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Creates a project with all contents of the template, on all nodes at once, in little more time than the nodes
     * need to copy files. The project's users are those of the template.
     *
     * <p>Citus does not register the copy's database as an object of its own. If you run {@code ALTER DATABASE} or
     * {@code GRANT ... ON DATABASE} in it manually, the change stays on that node. Changes through {@link
     * CitusCluster#project} reach every node.
     *
     * @param project the new project's name; the remains of a failed attempt with this name are replaced
     * @return the project, after every node was verified
     * @throws org.citustenancy.errors.ConflictException if an object of this name exists, or if the template is older
     *     than the nodes or the library; {@link CitusCluster#template} then creates it again
     * @throws org.citustenancy.errors.CapacityException if no maintenance daemon would be available for the copy
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
     * Drops the template. The projects that were created from it stay.
     *
     * @return the completed steps
     */
    public ProvisioningResult drop() {
        return new ProjectRemover(cluster.internals()).drop(name, false);
    }

    /** Returns the template's name. */
    @Override
    public String toString() {
        return name;
    }
}
