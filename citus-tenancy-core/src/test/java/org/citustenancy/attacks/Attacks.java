package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.citustenancy.Autosuspend;
import org.citustenancy.CitusCluster;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.ProjectTables;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.TransactionRecovery;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupOutcome;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.statistics.Language;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.Uncovered;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.ShardTransfer;

/** Every operation of the library, in the order in which one hostile project lives through them. */
final class Attacks {

    /** What asks no server, or only gives what operations are called on. */
    static final Set<String> ASK_NOTHING = Set.of(
            "CitusCluster.close()",
            "CitusCluster.onPasswordChange(PasswordListener)",
            "CitusCluster.onProgress(ProgressListener)",
            "CitusCluster.onTopologyChange(TopologyListener)",
            "CitusCluster.project(String)",
            "CitusCluster.project(String, Environment)",
            "ClusterBackups.restore(DumpedProject)",
            "ClusterBackups.restore(Path)",
            "CitusCluster.statistics()",
            "CitusCluster.backups()",
            "CitusCluster.users()",
            "Autosuspend.close()",
            "Autosuspend.lastReport()",
            "FailoverMonitor.close()",
            "FailoverMonitor.lastReport()",
            "FailoverMonitor.recovery()",
            "TransactionRecovery.close()",
            "TransactionRecovery.lastReport()",
            "CitusCluster.coordinator()",
            "CitusCluster.workers()",
            "ClusterStatistics.view()",
            "Project.copyTo(CitusCluster)",
            "Project.moveTo(CitusCluster)",
            "Project.name()",
            "Project.result()",
            "Project.statistics()",
            "Project.tables()",
            "Project.tables(ConnectionInfo)",
            "Project.users()",
            "ProjectTemplate.name()",
            "StatisticsSampling.close()");

    /** What calls another one, and nothing else, with options that change nothing. */
    static final Set<String> SHORTER_FORMS = Set.of(
            "ClusterBackups.backupAll(BackupSeries)",
            "ClusterBackups.backupAll(Path)",
            "CitusCluster.connect(ClusterOptions)",
            "CitusCluster.connect(String, String, Secret)",
            "CitusCluster.recoverTransactions()",
            "ClusterUsers.rotateAdminPassword()",
            "Project.backup(BackupSeries)",
            "Project.exportSql(Path)",
            "ProjectTables.distribute(String, String)",
            "Workers.remove(String, int)");

    /** They distribute what the single operations do. */
    private static final DistributionRules RULES = DistributionRules.create()
            .distribute("h_dist", "id", options -> options.shardCount(4))
            .distribute("h_beside", "id", options -> options.colocatedWith("h_dist"))
            .distribute("h_parts", "id")
            .reference(HostileObjects.REFERENCE)
            .distributeSchema(HostileObjects.SCHEMA)
            .otherwise(Uncovered.LOCAL);

    private static final String HERE = "127.0.0.1";
    private static final Rebalancing REBALANCING = Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES);

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final HostileProject hostile;
    private final Path home;
    private final ConnectionInfo owner;
    private final ConnectionInfo reader;

    /** About a hostile project that is there with everything in it, and lies on the coordinator alone. */
    Attacks(TestCluster nodes, CitusCluster cluster, HostileProject hostile, Path home) {
        this.nodes = nodes;
        this.cluster = cluster;
        this.hostile = hostile;
        this.home = home;
        this.owner = nodes.options().connection(hostile.name(), hostile.attacker(), HostileProject.PASSWORD);
        this.reader = nodes.options().connection(hostile.name(), hostile.reader(), HostileProject.PASSWORD);
    }

    /** All of them, in an order in which they can be done. */
    List<AttackedOperation> operations() {
        List<AttackedOperation> all = new ArrayList<>();
        all.addAll(requests());
        all.addAll(tables());
        all.addAll(looks());
        all.addAll(repairs());
        all.addAll(backups());
        all.addAll(copies());
        all.addAll(workers());
        all.addAll(ends());
        return all;
    }

    private List<AttackedOperation> requests() {
        return List.of(
                AttackedOperation.of(
                        "connect, form",
                        () -> {
                            CitusCluster.connect(nodes.options(), nodes.options()::adminPassword)
                                    .close();
                            CitusCluster.form(nodes.options(), formation()).close();
                        },
                        "CitusCluster.connect(ClusterOptions, Supplier)",
                        "CitusCluster.form(ClusterOptions, ClusterFormation)"),
                AttackedOperation.of(
                        "plan and create what is there",
                        () -> {
                            assertThat(hostile.request(cluster).plan().steps()).isEmpty();
                            hostile.request(cluster).create();
                            cluster.create(List.of(hostile.request(cluster))).forEach(ProjectOutcome::orThrow);
                            assertThatThrownBy(() -> hostileProject().connection("not_a_user"))
                                    .isInstanceOf(NotFoundException.class);
                        },
                        "ProjectRequest.plan()",
                        "ProjectRequest.create()",
                        "CitusCluster.create(List)",
                        "CitusCluster.getProject(String)",
                        "CitusCluster.findProject(String)",
                        "Project.connection(String)"),
                AttackedOperation.of("change users, limits, settings, extensions", () -> changed()
                        .create()),
                AttackedOperation.of("change a table user and take it away", () -> {
                    hostile.request(cluster)
                            .withTableUser(extra("tables"), HostileProject.PASSWORD, "h_dist", "h_local", "h_view")
                            .create();
                    hostile.request(cluster).withoutUser(extra("tables")).create();
                    cluster.users().drop(extra("tables"));
                }));
    }

    private List<AttackedOperation> tables() {
        return List.of(
                AttackedOperation.of(
                        "distribute",
                        () -> distribute(hostileProject().tables()),
                        "ProjectTables.distribute(String, String, UnaryOperator)"),
                AttackedOperation.of(
                        "reference",
                        () -> hostileProject().tables().reference(HostileObjects.REFERENCE),
                        "ProjectTables.reference(String)"),
                AttackedOperation.of(
                        "distributeSchema",
                        () -> hostileProject().tables().distributeSchema(HostileObjects.SCHEMA),
                        "ProjectTables.distributeSchema(String)"),
                AttackedOperation.of(
                        "list, shardsPerNode",
                        () -> {
                            hostileProject().tables().list();
                            hostileProject().tables().shardsPerNode();
                            hostileProject().tables(reader).list();
                        },
                        "ProjectTables.list()",
                        "ProjectTables.shardsPerNode()"),
                AttackedOperation.of(
                        "plan with rules",
                        () -> {
                            hostileProject().tables().plan(RULES);
                            hostileProject().tables(reader).plan(RULES);
                        },
                        "ProjectTables.plan(DistributionRules)"),
                AttackedOperation.of(
                        "suggest rules",
                        () -> {
                            hostileProject().tables().suggest();
                            hostileProject().tables(reader).suggest();
                        },
                        "ProjectTables.suggest()"),
                AttackedOperation.of(
                        "undistribute",
                        () -> undistribute(hostileProject().tables()),
                        "ProjectTables.undistribute(String)"),
                AttackedOperation.of(
                        "undistributeSchema",
                        () -> hostileProject().tables().undistributeSchema(HostileObjects.SCHEMA),
                        "ProjectTables.undistributeSchema(String)"),
                AttackedOperation.of(
                        "apply rules, undistribute",
                        () -> {
                            assertThat(hostileProject().tables().apply(RULES).steps())
                                    .hasSize(5);
                            undistribute(hostileProject().tables());
                            hostileProject().tables().undistributeSchema(HostileObjects.SCHEMA);
                        },
                        "ProjectTables.apply(DistributionRules)"),
                AttackedOperation.of(
                        "verify, repair and apply declared rules",
                        () -> {
                            hostile.request(cluster).distribution(RULES).create();
                            assertThat(hostileProject().tables().rules()).contains(RULES);
                            hostileProject().verify();
                            assertThat(hostileProject()
                                            .planRepair(RepairOptions::distributingTables)
                                            .steps())
                                    .hasSameSizeAs(
                                            hostileProject().tables().plan().steps());
                            hostileProject().repair(RepairOptions::distributingTables);
                            undistribute(hostileProject().tables());
                            hostileProject().tables().undistributeSchema(HostileObjects.SCHEMA);
                            assertThat(hostileProject().tables().apply().steps())
                                    .hasSize(5);
                            undistribute(hostileProject().tables());
                            hostileProject().tables().undistributeSchema(HostileObjects.SCHEMA);
                            hostile.request(cluster)
                                    .distribution(DistributionRules.create())
                                    .create();
                        },
                        "ProjectTables.plan()",
                        "ProjectTables.apply()",
                        "ProjectTables.rules()"),
                AttackedOperation.of("distribute, reference, undistribute over the owner's connection", () -> {
                    distribute(hostileProject().tables(owner));
                    undistribute(hostileProject().tables(owner));
                    hostileProject().tables(owner).reference(HostileObjects.REFERENCE);
                    hostileProject().tables(owner).distributeSchema(HostileObjects.SCHEMA);
                }),
                AttackedOperation.of(
                        "distribute over a connection of a migration",
                        () -> {
                            try (Connection connection = hostile.open(hostile.attacker())) {
                                distribute(ProjectTables.over(connection));
                            }
                        },
                        "ProjectTables.over(Connection)"));
    }

    private static void distribute(ProjectTables tables) {
        tables.distribute("h_dist", "id", options -> options.shardCount(4));
        tables.distribute("h_beside", "id", options -> options.colocatedWith("h_dist"));
        tables.distribute("h_parts", "id");
    }

    private static void undistribute(ProjectTables tables) {
        tables.undistribute("h_parts");
        tables.undistribute("h_beside");
        tables.undistribute("h_dist");
        tables.undistribute(HostileObjects.REFERENCE);
    }

    private List<AttackedOperation> looks() {
        return List.of(
                AttackedOperation.of(
                        "topology, projects, capacity",
                        () -> {
                            cluster.topology();
                            cluster.projects();
                            cluster.capacity();
                            hostileProject().declarePool("application", 3);
                            hostileProject().withdrawPool("application");
                        },
                        "CitusCluster.topology()",
                        "CitusCluster.projects()",
                        "CitusCluster.capacity()",
                        "Project.declarePool(String, int)",
                        "Project.withdrawPool(String)"),
                AttackedOperation.of(
                        "figures of the cluster",
                        () -> {
                            CountDownLatch sampled = new CountDownLatch(1);
                            cluster.statistics().overview();
                            cluster.statistics().figures();
                            cluster.statistics().runningFor(Duration.ZERO);
                            cluster.statistics().lockWaits();
                            cluster.statistics().topStatements(5);
                            cluster.statistics()
                                    .withListener(figures -> sampled.countDown())
                                    .sampleEvery(Duration.ofMinutes(1))
                                    .close();
                        },
                        "ClusterStatistics.overview()",
                        "ClusterStatistics.figures()",
                        "ClusterStatistics.runningFor(Duration)",
                        "ClusterStatistics.lockWaits()",
                        "ClusterStatistics.topStatements(int)",
                        "ClusterStatistics.sampleEvery(Duration)"),
                AttackedOperation.of(
                        "figures of the project",
                        () -> {
                            hostileProject().statistics().figures();
                            hostileProject().statistics().topStatements(5);
                            hostileProject().statistics().tenants();
                            hostileProject().statistics().as(owner).figures();
                            hostileProject().statistics().as(reader).figures();
                        },
                        "ProjectStatistics.figures()",
                        "ProjectStatistics.topStatements(int)",
                        "ProjectStatistics.tenants()"),
                AttackedOperation.of(
                        "the view project_stats",
                        () -> {
                            cluster.statistics().view().install(Language.ENGLISH);
                            cluster.statistics().view().refresh();
                            cluster.statistics().view().remove();
                        },
                        "ProjectStatsView.install(Language)",
                        "ProjectStatsView.refresh()",
                        "ProjectStatsView.remove()"));
    }

    /** Over a transaction that the owner has prepared under a name of Citus. */
    private void recoverTransactions() throws SQLException {
        hostile.asOwner("create table h_prepared (id bigint)");
        try (Connection connection = hostile.open(hostile.attacker())) {
            connection.setAutoCommit(false);
            TestCluster.ask(connection, "insert into h_prepared values (1)");
            TestCluster.ask(connection, "prepare transaction 'citus_0_99999_777_0'");
        }
        TransactionRecovery recovery = cluster.recoverTransactions(options -> options.every(Duration.ofHours(1)));
        try {
            assertThat(recovery.recoverNow().obstacles()).isEmpty();
        } finally {
            recovery.handBack();
        }
        assertThat(nodes.ask(hostile.name(), "select gid from pg_prepared_xacts"))
                .isEmpty();
        hostile.asOwner("drop table h_prepared");
    }

    /** To the same one, with which all other tests connect, and with rows inside the hostile project. */
    private void rotateAdminPassword() throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, hostile.name(), "insert into pg_dist_authinfo values (0, 'postgres', 'password=any')");
        }
        assertThat(cluster.users()
                        .rotateAdminPassword(nodes.options().adminPassword())
                        .isComplete())
                .isTrue();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, hostile.name(), "delete from pg_dist_authinfo where rolename = 'postgres'");
        }
    }

    private List<AttackedOperation> repairs() {
        return List.of(
                AttackedOperation.of(
                        "verify",
                        () -> {
                            hostileProject().verify();
                            cluster.verify();
                            cluster.verifyThoroughly();
                        },
                        "Project.verify()",
                        "CitusCluster.verify()",
                        "CitusCluster.verifyThoroughly()"),
                AttackedOperation.of(
                        "planRepair, repair",
                        () -> {
                            hostile.asOwner(
                                    "revoke all on all tables in schema public from "
                                            + TestCluster.identifier(hostile.reader()),
                                    "alter default privileges in schema public revoke all on tables from "
                                            + TestCluster.identifier(hostile.reader()));
                            hostileProject().planRepair();
                            hostileProject().repair();
                            hostileProject().planRepair(RepairOptions::acceptingLoss);
                            hostileProject().repair(RepairOptions::acceptingLoss);
                            cluster.repair().forEach(ProjectOutcome::orThrow);
                        },
                        "Project.planRepair()",
                        "Project.planRepair(UnaryOperator)",
                        "Project.repair()",
                        "Project.repair(UnaryOperator)",
                        "CitusCluster.repair()"),
                AttackedOperation.of(
                        "planRotatePassword, rotatePassword",
                        () -> {
                            cluster.users().planRotatePassword(hostile.attacker());
                            cluster.users().rotatePassword(hostile.reader());
                            cluster.users().rotatePassword(hostile.reader(), HostileProject.PASSWORD);
                            cluster.users().rotatePassword(hostile.attacker(), Secret.of("another-Password"));
                            cluster.users().rotatePassword(hostile.attacker(), HostileProject.PASSWORD);
                        },
                        "ClusterUsers.planRotatePassword(String)",
                        "ClusterUsers.rotatePassword(String)",
                        "ClusterUsers.rotatePassword(String, Secret)"),
                AttackedOperation.of(
                        "rotateAdminPassword", this::rotateAdminPassword, "ClusterUsers.rotateAdminPassword(Secret)"),
                AttackedOperation.of(
                        "secure",
                        () -> {
                            cluster.planSecure();
                            cluster.secure();
                        },
                        "CitusCluster.planSecure()",
                        "CitusCluster.secure()"),
                AttackedOperation.of(
                        "roll back prepared transactions",
                        () -> {
                            cluster.preparedTransactions(Duration.ofHours(1)).plan();
                            cluster.preparedTransactions(Duration.ofHours(1)).rollBack();
                        },
                        "CitusCluster.preparedTransactions(Duration)",
                        "OldPreparedTransactions.plan()",
                        "OldPreparedTransactions.rollBack()"),
                AttackedOperation.of(
                        "unregister and adopt",
                        () -> {
                            hostileProject().unregister();
                            changed().adoptExisting().create();
                        },
                        "Project.unregister()"));
    }

    private List<AttackedOperation> backups() {
        return List.of(
                AttackedOperation.of(
                        "backup",
                        () -> {
                            hostileProject().backup(home.resolve("backup"));
                            hostileProject().backup(home.resolve("schema"), BackupOptions::schemaOnly);
                        },
                        "Project.backup(Path)",
                        "Project.backup(Path, UnaryOperator)"),
                AttackedOperation.of("backup through the coordinator", () -> hostileProject()
                        .backup(home.resolve("fenced"), BackupOptions::throughCoordinator)),
                AttackedOperation.of(
                        "backups in series, backupAll",
                        () -> {
                            BackupSeries series = BackupSeries.in(home.resolve("series"));
                            hostileProject().backup(series, UnaryOperator.identity());
                            cluster.backups()
                                    .backupAll(series, UnaryOperator.identity())
                                    .forEach(BackupOutcome::orThrow);
                            cluster.backups()
                                    .backupAll(series.skipUnchanged(), UnaryOperator.identity())
                                    .forEach(BackupOutcome::orThrow);
                            cluster.backups()
                                    .backupAll(home.resolve("all"), BackupOptions::schemaOnly)
                                    .forEach(BackupOutcome::orThrow);
                        },
                        "Project.backup(BackupSeries, UnaryOperator)",
                        "ClusterBackups.backupAll(Path, UnaryOperator)",
                        "ClusterBackups.backupAll(BackupSeries, UnaryOperator)"),
                AttackedOperation.of(
                        "restore",
                        () -> cluster.backups()
                                .restore(home.resolve("backup"))
                                .as(copy("restored"))
                                .create(),
                        "RestoreRequest.create()"),
                AttackedOperation.of(
                        "planDrop, drop",
                        () -> {
                            cluster.getProject(copy("restored")).planDrop();
                            cluster.getProject(copy("restored")).drop();
                        },
                        "Project.planDrop()",
                        "Project.drop()"),
                AttackedOperation.of(
                        "planSuspend, suspend, resume",
                        () -> {
                            hostileProject().planSuspend();
                            hostileProject().suspend();
                            hostileProject().resume();
                        },
                        "Project.planSuspend()",
                        "Project.suspend()",
                        "Project.resume()"),
                AttackedOperation.of(
                        "exportSql",
                        () -> {
                            hostileProject().exportSql(home.resolve("project.sql"), UnaryOperator.identity());
                        },
                        "Project.exportSql(Path, UnaryOperator)"),
                AttackedOperation.of("the owner of another project feeds the exported SQL to psql", () -> {
                    Project fed = hostile.copied(copy("fed")).request(cluster).create();
                    run("psql", fed.name(), "--no-psqlrc", "--quiet", "--file=" + home.resolve("project.sql"));
                    fed.repair();
                    fed.drop();
                }),
                AttackedOperation.of("restore what pg_dump wrote", () -> {
                    HostileProject source = hostile.copied(copy("dumped"));
                    Project local = source.create(cluster);
                    source.fill();
                    run("pg_dump", local.name(), "--format=custom", "--file=" + home.resolve("dump"));
                    local.drop();
                    Project restored = cluster.backups()
                            .restore(DumpedProject.of(home.resolve("dump"), hostile.attacker())
                                    .distributed("h_dist", "id", 4)
                                    .distributed("h_beside", "id", "h_dist")
                                    .reference(HostileObjects.REFERENCE)
                                    .distributedSchema(HostileObjects.SCHEMA))
                            .as(copy("dumped"))
                            .create();
                    restored.drop();
                }));
    }

    private List<AttackedOperation> copies() {
        return List.of(
                AttackedOperation.of(
                        "copyTo",
                        () -> hostileProject()
                                .copyTo(cluster)
                                .as(copy("copied"))
                                .create(),
                        "CopyRequest.create()"),
                AttackedOperation.of("moveTo", () -> {
                    cluster.getProject(copy("copied"))
                            .moveTo(cluster)
                            .as(copy("moved"))
                            .create();
                    cluster.getProject(copy("moved")).drop();
                }),
                AttackedOperation.of(
                        "cloneTo, dropUnmanaged",
                        () -> {
                            Project clone =
                                    hostileProject().cloneTo(copy("clone"), options -> options.endingSessions());
                            Project second = clone.cloneTo(copy("second"));
                            second.drop();
                            clone.unregister();
                            cluster.dropUnmanaged(clone.name());
                        },
                        "Project.cloneTo(String)",
                        "Project.cloneTo(String, UnaryOperator)",
                        "CitusCluster.dropUnmanaged(String)"),
                AttackedOperation.of(
                        "planClean, clean",
                        () -> {
                            Project cleaned =
                                    hostileProject().cloneTo(copy("cleaned"), options -> options.endingSessions());
                            cleaned.planClean();
                            cleaned.clean();
                            assertThat(cleaned.planClean().steps()).isEmpty();
                            cleaned.drop();
                        },
                        "Project.planClean()",
                        "Project.clean()"),
                AttackedOperation.of(
                        "template, copies of it",
                        () -> {
                            HostileProject sealed = hostile.copied(copy("template"));
                            ProjectTemplate template =
                                    cluster.template(sealed.request(cluster), "version 1", project -> sealed.prepare());
                            Project made = template.create(copy("made"));
                            distribute(made.tables());
                            made.drop();
                            template.drop();
                        },
                        "CitusCluster.template(ProjectRequest, String, Consumer)",
                        "ProjectTemplate.create(String)",
                        "ProjectTemplate.drop()"));
    }

    private List<AttackedOperation> workers() {
        return List.of(
                AttackedOperation.of(
                        "workers: list, planAdd, add",
                        () -> {
                            int port = nodes.embedded().addNode().port();
                            cluster.workers().planAdd(HERE, port).orThrow();
                            cluster.workers().add(HERE, port).orThrow();
                            cluster.workers().list();
                        },
                        "Workers.list()",
                        "Workers.planAdd(String, int)",
                        "Workers.add(String, int)"),
                AttackedOperation.of(
                        "the owner distributes a table after a worker joined",
                        () -> hostile.asOwner(
                                "create table h_later (id bigint, check (evil.ran('check', id)))",
                                "insert into h_later select generate_series(1, 8)",
                                "select create_distributed_table('h_later', 'id', colocate_with => 'none', shard_count => 6)")),
                AttackedOperation.of(
                        "workers: planRebalance, rebalance",
                        () -> {
                            cluster.workers().planRebalance(REBALANCING);
                            cluster.workers().rebalance(REBALANCING);
                        },
                        "Workers.planRebalance(Rebalancing)",
                        "Workers.rebalance(Rebalancing)"),
                AttackedOperation.of(
                        "workers: planDrain, drain",
                        () -> {
                            int port = firstWorker().port();
                            cluster.workers().planDrain(HERE, port, REBALANCING).orThrow();
                            cluster.workers().drain(HERE, port, REBALANCING).orThrow();
                        },
                        "Workers.planDrain(String, int, Rebalancing)",
                        "Workers.drain(String, int, Rebalancing)"),
                AttackedOperation.of(
                        "workers: planRelocate, relocate",
                        () -> {
                            int port = lastWorker().port();
                            try (Forwarder alias = Forwarder.to(port)) {
                                cluster.workers().planRelocate(HERE, port, HERE, alias.port());
                                cluster.workers()
                                        .relocate(HERE, port, HERE, alias.port())
                                        .orThrow();
                                cluster.workers()
                                        .relocate(HERE, alias.port(), HERE, port)
                                        .orThrow();
                            }
                        },
                        "Workers.planRelocate(String, int, String, int)",
                        "Workers.relocate(String, int, String, int)"),
                AttackedOperation.of(
                        "coordinator: planRelocate, relocate",
                        () -> {
                            int port = nodes.embedded().coordinator().port();
                            try (Forwarder alias = Forwarder.to(port)) {
                                cluster.coordinator().planRelocate(HERE, alias.port());
                                cluster.coordinator()
                                        .relocate(HERE, alias.port())
                                        .orThrow();
                                cluster.coordinator().relocate(HERE, port).orThrow();
                            }
                        },
                        "Coordinator.planRelocate(String, int)",
                        "Coordinator.relocate(String, int)"),
                AttackedOperation.of(
                        "followFailovers",
                        () -> {
                            try (FailoverMonitor monitor =
                                    cluster.followFailovers(options -> options.every(Duration.ofHours(1))
                                            .recovery(recovery -> recovery.every(Duration.ofHours(1))))) {
                                assertThat(monitor.checkNow().obstacles()).isEmpty();
                            }
                        },
                        "CitusCluster.followFailovers(UnaryOperator)",
                        "FailoverMonitor.checkNow()"),
                AttackedOperation.of(
                        "autosuspend",
                        () -> {
                            try (Autosuspend autosuspend = cluster.autosuspend(options ->
                                    options.idleFor(Duration.ofMillis(1)).every(Duration.ofHours(1)))) {
                                assertThat(autosuspend.checkNow().acted()).isTrue();
                            }
                        },
                        "CitusCluster.autosuspend(UnaryOperator)",
                        "Autosuspend.checkNow()"),
                AttackedOperation.of(
                        "recoverTransactions",
                        this::recoverTransactions,
                        "CitusCluster.recoverTransactions(UnaryOperator)",
                        "TransactionRecovery.recoverNow()",
                        "TransactionRecovery.handBack()"),
                AttackedOperation.of(
                        "workers: planRemove, remove, add with shards",
                        () -> {
                            // Tables without a key refuse it.
                            cluster.workers().planRemove(HERE, firstWorker().port());
                            cluster.workers()
                                    .planRemove(HERE, firstWorker().port(), REBALANCING)
                                    .orThrow();
                            cluster.workers()
                                    .remove(HERE, firstWorker().port(), REBALANCING)
                                    .orThrow();
                            cluster.workers()
                                    .add(HERE, nodes.embedded().addNode().port(), REBALANCING)
                                    .orThrow();
                            cluster.workers()
                                    .remove(HERE, lastWorker().port(), REBALANCING)
                                    .orThrow();
                        },
                        "Workers.planRemove(String, int)",
                        "Workers.planRemove(String, int, Rebalancing)",
                        "Workers.add(String, int, Rebalancing)",
                        "Workers.remove(String, int, Rebalancing)"));
    }

    private List<AttackedOperation> ends() {
        return List.of(
                AttackedOperation.of(
                        "dropUser", () -> cluster.users().drop(extra("writer")), "ClusterUsers.drop(String)"),
                AttackedOperation.of("drop", () -> hostileProject().drop()));
    }

    private ProjectRequest changed() {
        return hostile.request(cluster)
                .withReadWriteUser(extra("writer"), HostileProject.PASSWORD, options -> options.schemas(
                                "public", HostileObjects.SCHEMA)
                        .setting("work_mem", "6MB"))
                .connectionLimit(60)
                .setting("work_mem", "5MB")
                .extension("hstore");
    }

    private Project hostileProject() {
        return cluster.getProject(hostile.name());
    }

    private String extra(String kind) {
        return hostile.name() + "_" + kind;
    }

    private String copy(String kind) {
        return hostile.name() + "_" + kind;
    }

    private EmbeddedNode firstWorker() {
        return nodes.embedded().workers().get(0);
    }

    private EmbeddedNode lastWorker() {
        List<EmbeddedNode> workers = nodes.embedded().workers();
        return workers.get(workers.size() - 1);
    }

    private ClusterFormation formation() {
        ClusterFormation formation =
                ClusterFormation.of(HERE, nodes.embedded().coordinator().port());
        for (EmbeddedNode worker : nodes.embedded().workers()) {
            formation = formation.withWorker(HERE, worker.port());
        }
        return formation;
    }

    /** As the owner of the hostile project, in a database. */
    private void run(String program, String database, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(new ProgramFinder(Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
                .find(program, 15)
                .file()
                .toString());
        command.addAll(List.of(arguments));
        new ChildProcess(
                        command,
                        Map.of(
                                "PGHOST", HERE,
                                "PGPORT",
                                        String.valueOf(
                                                nodes.embedded().coordinator().port()),
                                "PGDATABASE", database,
                                "PGUSER", hostile.attacker(),
                                "PGPASSWORD", HostileProject.PASSWORD.reveal()))
                .run(Deadline.in(Duration.ofMinutes(2)));
    }
}
