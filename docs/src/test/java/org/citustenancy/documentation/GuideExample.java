package org.citustenancy.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Environment;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.backup.Backup;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.environment.ConnectionVariables;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.reports.advice.ProjectAdvice;
import org.citustenancy.reports.advice.Requirements;
import org.citustenancy.reports.advice.SeparationAdvisor;
import org.citustenancy.reports.advice.Thresholds;
import org.citustenancy.reports.costs.CostComparison;
import org.citustenancy.reports.costs.CostShares;
import org.citustenancy.reports.costs.Money;
import org.citustenancy.reports.costs.Weights;
import org.citustenancy.reports.rendering.TextReport;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.users.Secret;

/** The code of docs/guide.md and docs/guia.md, in their order. */
final class GuideExample {

    private final String coordinatorUrl;
    private final String adminPassword;

    GuideExample(String coordinatorUrl, String adminPassword) {
        this.coordinatorUrl = coordinatorUrl;
        this.adminPassword = adminPassword;
    }

    CitusCluster connect() {
        // begin connect
        CitusCluster cluster = CitusCluster.connect(coordinatorUrl, "postgres", Secret.of(adminPassword));
        // end connect
        return cluster;
    }

    CitusCluster form(String master, int masterPort, String worker1, int port1, String worker2, int port2) {
        // begin form
        CitusCluster cluster = CitusCluster.form(
                ClusterOptions.of(coordinatorUrl, "postgres", Secret.of(adminPassword)),
                ClusterFormation.of(master, masterPort)
                        .withWorker(worker1, port1)
                        .withWorker(worker2, port2));
        // end form
        return cluster;
    }

    static void start() {
        // begin start
        try (EmbeddedCluster nodes = EmbeddedCluster.builder().start();
                CitusCluster cluster = CitusCluster.connect(
                        nodes.jdbcUrl("postgres"), nodes.adminUser(), Secret.of(nodes.adminPassword()))) {
            Project first = cluster.project("first").withUser("first_user").create();
            System.out.println(first.connection("first_user").jdbcUrl());
        }
        // end start
    }

    static List<Project> severalProjects(
            CitusCluster cluster, String appPassword, String stagingPassword, String analyticsPassword) {
        // begin several-projects
        List<Project> projects = cluster
                .create(List.of(
                        cluster.project("app_production").withUser("app_user", Secret.of(appPassword)),
                        cluster.project("app_staging").withUser("staging_user", Secret.of(stagingPassword)),
                        cluster.project("analytics").withUser("analytics_user", Secret.of(analyticsPassword))))
                .stream()
                .map(ProjectOutcome::orThrow)
                .toList();
        // end several-projects
        return projects;
    }

    static ProvisioningPlan plan(CitusCluster cluster) {
        // begin plan
        ProvisioningPlan plan =
                cluster.project("proyecto3").withUser("proyecto3_user").plan();
        System.out.println(plan);
        // end plan
        return plan;
    }

    static Project adopt(CitusCluster cluster, String password) {
        // begin adopt
        Project adopted = cluster.project("mi_proyecto")
                .withUser("mi_usuario", Secret.of(password))
                .adoptExisting()
                .create();
        adopted.tables().undistribute("users");
        adopted.tables().distribute("users", "id");
        // end adopt
        return adopted;
    }

    static ProjectPools connecting(CitusCluster cluster, List<Project> projects) throws SQLException {
        // begin pools
        Project app = projects.get(0);
        Project analytics = projects.get(2);
        ProjectPools pools = ProjectPools.builder()
                .cluster(cluster)
                .project(app.connection("app_user"))
                .project(analytics.connection("analytics_user"))
                .budget(ConnectionBudget.of(40).guarantee("app_production", 5))
                .open();
        try (Connection connection =
                pools.dataSource("app_production", "app_user").getConnection()) {
            connection.createStatement().execute("SELECT 1");
        }
        // end pools
        return pools;
    }

    static ConnectionInfo variables(Project analytics, Path envFile) throws IOException {
        // begin variables
        Files.createFile(envFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(envFile, analytics.connection("analytics_user").dotEnv());
        ConnectionInfo connection = ConnectionVariables.ofFile(envFile).connection();
        // end variables
        return connection;
    }

    static void tables(Project app, ProjectPools pools) throws SQLException {
        // begin tables
        try (Connection connection =
                        pools.dataSource("app_production", "app_user").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS users (id bigserial PRIMARY KEY, name text, email text)");
            statement.execute("CREATE TABLE IF NOT EXISTS products (id bigint PRIMARY KEY, name text)");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS orders (id bigserial, user_id bigint, PRIMARY KEY (user_id, id))");
        }
        app.tables().distribute("users", "id");
        app.tables().distribute("orders", "user_id", options -> options.colocatedWith("users"));
        app.tables().reference("products");
        // end tables
    }

    static String resources(CitusCluster cluster, Project app) {
        // begin resources
        ClusterFigures figures = cluster.statistics().figures();
        System.out.println(new TextReport(Language.ENGLISH).projects(figures));
        List<TableInfo> tables = app.tables().list();
        cluster.statistics().runningFor(Duration.ofSeconds(30));
        // end resources
        return new TextReport(Language.SPANISH).projects(figures) + tables;
    }

    static void view(CitusCluster cluster) {
        // begin view
        cluster.statistics().view().install(Language.SPANISH);
        // end view
    }

    static void limited(CitusCluster cluster, String readOnlyPassword, String reportsPassword) {
        // begin limited
        cluster.project("app_production")
                .withReadOnlyUser("readonly_user", Secret.of(readOnlyPassword))
                .withTableUser("reports_user", Secret.of(reportsPassword), "users", "orders")
                .create();
        // end limited
    }

    static Secret security(CitusCluster cluster) {
        // begin security
        cluster.verify().failures().values().forEach(System.err::println);
        cluster.verify().projects().forEach(System.out::println);
        cluster.secure();
        Secret changed = cluster.users().rotatePassword("reports_user");
        // end security
        return changed;
    }

    static Project backup(CitusCluster cluster, Project app, Path directory) {
        // begin backup
        Backup backup = app.backup(directory);
        Project copy = cluster.backups().restore(directory).as("app_copy").create();
        // end backup
        System.out.println(backup);
        return copy;
    }

    static String costs(ClusterFigures figures) {
        // begin costs
        Money saving = new CostComparison(Money.of("120", "USD"), 3).saving();
        CostShares shares = CostShares.of(figures, Money.of("120", "USD"), new Weights(70, 30));
        shares.projects().forEach(System.out::println);
        // end costs
        return saving.toString();
    }

    static Project practices(CitusCluster cluster) {
        // begin practices
        System.out.println(cluster.capacity());
        Project api = cluster.project("api", Environment.STAGING)
                .withUser()
                .setting("statement_timeout", "30s")
                .connectionLimit(40)
                .create();
        // end practices
        return api;
    }

    static List<ProjectAdvice> separate(ClusterFigures figures) {
        // begin separate
        List<ProjectAdvice> advice = new SeparationAdvisor(Thresholds.STANDARD)
                .advise(figures, Map.of("analytics", Requirements.NONE.compliance("PCI DSS")));
        advice.forEach(System.out::println);
        // end separate
        return advice;
    }

    static Map<String, Integer> complete(String coordinatorUrl, String adminPassword, String shopPassword)
            throws SQLException {
        // begin complete
        try (CitusCluster cluster = CitusCluster.connect(coordinatorUrl, "postgres", Secret.of(adminPassword))) {
            Project shop = cluster.project("tienda")
                    .withUser("tienda_user", Secret.of(shopPassword))
                    .create();
            try (ProjectPools pools = ProjectPools.builder()
                            .project(shop.connection("tienda_user"))
                            .open();
                    Connection connection =
                            pools.dataSource("tienda", "tienda_user").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS users (id bigserial PRIMARY KEY, name text, email text)");
                shop.tables().distribute("users", "id");
                statement.execute("INSERT INTO users (id, name) VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Edsger')"
                        + " ON CONFLICT DO NOTHING");
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM users")) {
                    count.next();
                    System.out.println(
                            count.getInt(1) + " users on " + shop.tables().shardsPerNode());
                }
            }
            return shop.tables().shardsPerNode();
        }
        // end complete
    }
}
