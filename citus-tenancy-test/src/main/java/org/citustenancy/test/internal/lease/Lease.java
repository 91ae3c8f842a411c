package org.citustenancy.test.internal.lease;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Supplier;
import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.citustenancy.test.internal.sql.LeaseStatements;

/**
 * A session in the maintenance database that holds the locks of this process. The server releases them when the process
 * ends, for any reason. Not for use by several threads at once.
 */
public final class Lease implements AutoCloseable {

    private static final String PROCESS = "process/";
    private static final String TEMPLATE = "template/";

    private final Connection connection;
    private final DSLContext sql;

    private Lease(Connection connection) {
        this.connection = connection;
        this.sql = LeaseStatements.on(connection);
    }

    /**
     * Opens a lease that shows that a process is alive.
     *
     * @param options the options of the cluster
     * @param process the unique id of the process
     * @return the lease, held
     */
    public static Lease of(ClusterOptions options, String process) {
        Properties properties = new Properties();
        properties.setProperty("user", options.admin());
        properties.setProperty("password", options.adminPassword().reveal());
        properties.setProperty("ApplicationName", "citus-tenancy-test");
        properties.setProperty("tcpKeepAlive", "true");
        try {
            Lease lease = new Lease(DriverManager.getConnection(options.jdbcUrl(), properties));
            lease.ask(LeaseStatements.tryTake(PROCESS + process));
            return lease;
        } catch (SQLException failure) {
            throw new ConnectionException(
                    Failure.of("The cluster for test databases cannot be reached: " + failure.getMessage())
                            .fix("check that it runs, and how it is reached"),
                    failure);
        }
    }

    /**
     * Runs work for a process that is dead.
     *
     * @param process the unique id of the process
     * @param work the work; no other process runs work for that process at the same time
     */
    public void ifDead(String process, Runnable work) {
        ifFree(PROCESS + process, work);
    }

    /**
     * Runs work on a template that no process uses.
     *
     * @param work the work; no process starts to use the template meanwhile
     */
    public void ifUnused(String template, Runnable work) {
        ifFree(TEMPLATE + template, work);
    }

    private void ifFree(String key, Runnable work) {
        if (ask(LeaseStatements.tryTake(key)).get(0).value1()) {
            try {
                work.run();
            } finally {
                ask(LeaseStatements.release(key));
            }
        }
    }

    /**
     * Uses a template, from now until {@link #leave} or the end of the process.
     *
     * @param making creates the template if it does not exist
     * @param <T> the type of its result
     */
    public <T> T using(String template, Supplier<T> making) {
        ask(LeaseStatements.share(TEMPLATE + template));
        boolean made = false;
        try {
            T result = making.get();
            made = true;
            return result;
        } finally {
            if (!made) {
                leave(template);
            }
        }
    }

    /** Ends the use of a template. */
    public void leave(String template) {
        ask(LeaseStatements.releaseShared(TEMPLATE + template));
    }

    private <R extends Record> Result<R> ask(ResultQuery<R> question) {
        try {
            return sql.fetch(question);
        } catch (DataAccessException failure) {
            throw new ConnectionException(
                    Failure.of("The session with the locks of this process does not answer: " + failure.getMessage())
                            .state("what this process has on the cluster stays until the next one drops it")
                            .fix("check that the cluster runs, and open a source of test databases again"),
                    failure);
        }
    }

    /** Releases all locks. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new ConnectionException(
                    Failure.of("The session with the locks of this process does not close: " + failure.getMessage())
                            .fix("nothing: the server ends it when it notices"),
                    failure);
        }
    }
}
