package org.citustenancy.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedClusterException;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;

/**
 * A coordinator and two workers, and a third node that comes and goes as a worker, each behind a proxy. The second worker
 * fails over to standbys, which are behind two proxies in turn.
 */
final class FaultyCluster implements AutoCloseable {

    private static final String HERE = "127.0.0.1";
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private final EmbeddedCluster embedded;
    private final TestCluster nodes;
    private final List<EmbeddedNode> members;
    private final EmbeddedNode guest;
    private final List<StatementProxy> proxies = new ArrayList<>();
    private final StatementProxy guestProxy;
    private StatementProxy failing;
    private StatementProxy successor;
    private final AtomicReference<StatementTrigger> trigger = new AtomicReference<>(StatementTrigger.none());

    private FaultyCluster(EmbeddedCluster embedded) throws IOException {
        this.embedded = embedded;
        this.nodes = new TestCluster(embedded);
        this.members = new ArrayList<>(embedded.nodes());
        this.guest = embedded.addNode();
        for (EmbeddedNode node : members) {
            proxies.add(StatementProxy.to(node.port(), trigger));
        }
        this.guestProxy = StatementProxy.to(guest.port(), trigger);
        this.failing = proxies.get(proxies.size() - 1);
        this.successor = StatementProxy.to(guest.port(), trigger);
        proxies.addAll(List.of(guestProxy, successor));
    }

    static FaultyCluster start() throws IOException {
        EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .registerWorkers(false)
                .ownSystemIdentifiers()
                .authentication(TestCluster.authentication())
                .setting("max_worker_processes", "60")
                .setting("citus.background_task_queue_interval", "500ms")
                .setting("citus.recover_2pc_interval", "2s")
                .setting("citus.defer_shard_delete_interval", "2s")
                .setting("max_wal_size", "64MB")
                .setting("min_wal_size", "32MB")
                .setting("autovacuum", "off"));
        FaultyCluster cluster = new FaultyCluster(embedded);
        cluster.form();
        return cluster;
    }

    private void form() {
        ClusterFormation formation =
                ClusterFormation.of(HERE, embedded.coordinator().port());
        for (int worker = 1; worker <= embedded.workers().size(); worker++) {
            formation = formation.withWorker(HERE, proxies.get(worker).port());
        }
        CitusCluster.form(options(false, LONG_ENOUGH), formation).close();
    }

    TestCluster nodes() {
        return nodes;
    }

    /** The nodes that are members of the cluster now, the coordinator first. */
    List<EmbeddedNode> members() {
        return List.copyOf(members);
    }

    /** The members and the guest. */
    List<EmbeddedNode> running() {
        List<EmbeddedNode> running = new ArrayList<>(members);
        running.add(guest);
        return running;
    }

    /** Where the worker is that fails over next. */
    int failingPort() {
        return failing.port();
    }

    /** Where its successor will be. */
    int successorPort() {
        return successor.port();
    }

    /** Kills the second worker and promotes a standby of it. The node lists have the former address. */
    void failOver() {
        int last = members.size() - 1;
        EmbeddedNode former = members.get(last);
        EmbeddedNode standby = embedded.addStandby(former);
        former.kill();
        standby.promote();
        members.set(last, standby);
        successor.lead(standby.port());
        StatementProxy before = failing;
        failing = successor;
        successor = before;
    }

    EmbeddedNode guest() {
        return guest;
    }

    /** Where the guest is as a worker. */
    int guestPort() {
        return guestProxy.port();
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + HERE + ":" + proxies.get(0).port() + "/postgres";
    }

    /** How the library connects. */
    ClusterOptions options(boolean directly, Duration deadline) {
        return ClusterOptions.of(jdbcUrl(), embedded.adminUser(), Secret.of(embedded.adminPassword()))
                .directWorkerConnections(directly)
                .deadline(deadline);
    }

    /** The library, with time enough for everything. */
    CitusCluster connect(boolean directly) {
        return CitusCluster.connect(options(directly, LONG_ENOUGH));
    }

    /** Passes every statement to this trigger from now on. */
    void arm(StatementTrigger next) {
        trigger.set(next);
    }

    /** Ends what a fault has left: connections that say nothing, and nodes that are down. */
    void recover() throws IOException, SQLException, InterruptedException {
        trigger.set(StatementTrigger.none());
        for (StatementProxy proxy : proxies) {
            proxy.endSilence();
        }
        for (EmbeddedNode node : running()) {
            Await.until(() -> letsIn(node));
        }
    }

    /** A server whose disk was full may be on its way down or up again. */
    private boolean letsIn(EmbeddedNode node) {
        try {
            node.start();
            nodes.ask(node, "postgres", "select 1");
            return true;
        } catch (SQLException | EmbeddedClusterException notYet) {
            return false;
        }
    }

    /** Sessions that the library has, or that a node opened for it to run a command. */
    List<String> sessions() throws SQLException {
        List<String> sessions = new ArrayList<>();
        for (EmbeddedNode node : running()) {
            nodes.ask(
                            node,
                            "postgres",
                            "select datname, application_name, state, wait_event, xact_start, query from pg_stat_activity "
                                    + "where pid <> pg_backend_pid() and (application_name in ('citus-tenancy', 'pg_dump', "
                                    + "'pg_restore') or (state <> 'idle' and backend_type = 'client backend'))")
                    .forEach(session -> sessions.add(node + ": " + session));
        }
        return sessions;
    }

    @Override
    public void close() throws IOException {
        for (StatementProxy proxy : proxies) {
            proxy.close();
        }
        embedded.close();
    }
}
