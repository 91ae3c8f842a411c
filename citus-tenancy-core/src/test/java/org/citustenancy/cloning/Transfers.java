package org.citustenancy.cloning;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;

/** A client that moves money between accounts on different nodes, and comes back whenever it is sent away. */
final class Transfers extends Thread {

    private final TestCluster nodes;
    private final String database;
    private final String user;
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean ended;

    Transfers(TestCluster nodes, String database, String user) {
        this.nodes = nodes;
        this.database = database;
        this.user = user;
    }

    static void awaitSome(List<Transfers> clients) throws SQLException, InterruptedException {
        for (Transfers client : clients) {
            int before = client.done.get();
            Await.until(() -> client.done.get() > before + 3);
        }
    }

    void end() throws InterruptedException {
        ended = true;
        join();
    }

    @Override
    public void run() {
        while (!ended) {
            try (Connection connection = DriverManager.getConnection(
                    nodes.embedded().coordinator().jdbcUrl(database), user, "cloned-Password")) {
                connection.setAutoCommit(false);
                while (!ended) {
                    int from = ThreadLocalRandom.current().nextInt(1, 21);
                    TestCluster.ask(connection, "update account set amount = amount - 1 where id = " + from);
                    TestCluster.ask(connection, "update account set amount = amount + 1 where id = " + (from + 20));
                    connection.commit();
                    done.incrementAndGet();
                }
            } catch (SQLException sentAway) {
                // It tries again; what it had not committed is rolled back.
                Thread.onSpinWait();
            }
        }
    }
}
