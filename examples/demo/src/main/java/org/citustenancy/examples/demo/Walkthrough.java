package org.citustenancy.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** The whole example, from a cluster to three projects in use. */
final class Walkthrough {

    private final DemoSettings settings;
    private final Console console;

    Walkthrough(DemoSettings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    void run() throws SQLException, IOException {
        console.title("citus-tenancy: many projects on one Citus cluster");
        console.heading("The cluster");
        if (settings.server().isEmpty()) {
            console.paragraph("Starting one for this demo, which ends with it. Set DB_HOST and DB_ADMIN_PASSWORD to use"
                    + " yours (and DB_PORT, DB_ADMIN_USER where they are not 5432, postgres).");
        }
        try (DemoCluster target = DemoCluster.open(settings);
                CitusCluster cluster = CitusCluster.connect(target.options())) {
            run(target, cluster);
        }
    }

    private void run(DemoCluster target, CitusCluster cluster) throws SQLException, IOException {
        Topology topology = cluster.topology();
        AdminView admin = new AdminView(target.options());
        console.paragraph(admin.versions(topology.citus()));
        topology.nodes().forEach(node -> console.paragraph(describe(node, topology)));
        if (!topology.citus()) {
            console.emptyLine();
            console.paragraph("CITUS IS MISSING, so nothing will be distributed: " + target.whyNoCitus()
                    + ". Everything else is shown: databases, users, isolation, tables and connections, on one"
                    + " PostgreSQL.");
        }

        List<GuideProject> wanted = GuideProject.all();
        Path directory = settings.directory().resolve(target.folder());
        Changes changes = new Changes();
        KeptPasswords passwords = new KeptPasswords(
                target,
                directory,
                admin.withPassword(wanted.stream()
                        .flatMap(project -> project.users().stream())
                        .map(GuideUser::name)
                        .toList()),
                changes);

        List<DemoProject> projects = new Provisioning(cluster, passwords, console).provision(wanted, changes);

        console.heading("Making and filling the tables");
        for (DemoProject project : projects) {
            new TableMaking(console, changes).make(project);
        }
        console.heading("Where everything is");
        new Overview(topology, console).show(projects);
        console.heading("What the guide's limited users may do");
        new LimitedUsers(console).show(projects);
        console.heading("Each project is closed to the users of the others");
        new Isolation(console).prove(projects);
        console.heading("How applications connect");
        new ConnectionStrings(passwords, console).leave(projects);
        console.heading(
                changes.none()
                        ? "Nothing was changed: everything is in the desired state already"
                        : "Done: " + changes);
    }

    private static String describe(Node node, Topology topology) {
        return topology.citus() ? node.toString() : "server " + node.address();
    }
}
