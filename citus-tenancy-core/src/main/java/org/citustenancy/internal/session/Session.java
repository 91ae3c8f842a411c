package org.citustenancy.internal.session;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a database on the coordinator, or on another node that is reachable from this process, for one
 * operation.
 *
 * <p>Interrupts and the deadline end its waits on the server. Not for use by several threads at a time.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int COPY_BUFFER = 1 << 16;
    private static final Duration UNLIMITED = Duration.ofDays(365);

    private final Connection connection;
    private final DSLContext jooq;
    private final CancellableCalls calls;
    private final Place place;
    private final Consumer<Connection> leaving;
    private final Optional<WorkerSessions> workers;
    private boolean closed;

    /**
     * Creates a session that ends when it is closed.
     *
     * @param jooq builds statements for it
     * @param threads runs JDBC calls
     * @param deadline the time by which everything must have ended
     * @param leaving accepts the connection when the session is closed and every call has succeeded
     * @param workers the direct connections to the workers, which stay open as long as the session
     */
    Session(
            Connection connection,
            DSLContext jooq,
            ExecutorService threads,
            Deadline deadline,
            Place place,
            Consumer<Connection> leaving,
            Optional<WorkerSessions> workers) {
        this.connection = connection;
        this.jooq = jooq;
        this.calls = new CancellableCalls(connection, threads, deadline, place);
        this.place = place;
        this.leaving = leaving;
        this.workers = workers;
    }

    /**
     * Returns a session over a connection that the caller opened and closes, on the calling thread. The owner of the
     * connection sets how long a statement may take. The session need not be closed.
     *
     * @param connection the connection, with its open transaction, if any
     * @return a session that works in that transaction
     */
    public static Session over(Connection connection) {
        return new Session(
                connection,
                Sessions.jooq(connection),
                new SameThreadExecutor(),
                Deadline.in(UNLIMITED),
                Place.unknown(),
                left -> {},
                Optional.empty());
    }

    /** Returns the direct sessions on workers in the same database, if any. */
    Optional<WorkerSessions> workers() {
        return workers;
    }

    /**
     * Returns the direct sessions on workers in the same database. They stay open as long as this one.
     *
     * @param nodes the workers
     * @return a session for each worker that is reached directly
     */
    public Map<Node, Session> toWorkers(Collection<Node> nodes) {
        return workers.map(direct -> direct.to(nodes, () -> this)).orElse(Map.of());
    }

    /** Checks whether a call has failed, after which the session must not be used again. */
    boolean isBroken() {
        return calls.isBroken();
    }

    /**
     * Returns the place of this session.
     *
     * @return the node and database, for messages
     */
    public Place place() {
        return place;
    }

    /**
     * Runs a query and returns its rows.
     *
     * @param query the query
     * @param <R> the type of the rows
     * @return the rows
     */
    public <R extends Record> Result<R> fetch(ResultQuery<R> query) {
        return calls.waitFor(() -> jooq.fetch(query));
    }

    /**
     * Runs a statement in a transaction of its own, or outside a transaction if PostgreSQL requires that.
     *
     * @param query the statement
     */
    public void execute(Query query) {
        calls.waitFor(() -> jooq.execute(query));
    }

    /**
     * Runs several statements in one transaction, all or none, sent together.
     *
     * @param queries the statements; none of them returns rows
     */
    public void executeTogether(List<? extends Query> queries) {
        together(() -> jooq.batch(queries).execute());
    }

    /**
     * Runs several statements in one transaction, all or none, one after the other.
     *
     * @param queries the statements
     * @param beginning accepts the index of each statement before it is sent, on another thread
     */
    public void executeTogether(List<? extends Query> queries, IntConsumer beginning) {
        together(() -> {
            for (int index = 0; index < queries.size(); index++) {
                beginning.accept(index);
                jooq.execute(queries.get(index));
            }
        });
    }

    private void together(Runnable work) {
        boolean committed = false;
        try {
            calls.waitFor(() -> {
                connection.setAutoCommit(false);
                work.run();
                connection.commit();
                return true;
            });
            committed = true;
        } finally {
            endTransaction(committed);
        }
    }

    /**
     * Runs several calls in one transaction, which is rolled back if one of them fails.
     *
     * @param work the calls
     * @param <T> the type of the result
     */
    public <T> T inTransaction(Supplier<T> work) {
        return inTransaction(work, result -> true);
    }

    /**
     * Runs several calls in one transaction, which is rolled back if the result is empty or one of them fails.
     *
     * @param work the calls
     * @param <T> the type of the result
     */
    public <T> Optional<T> inTransactionUnlessEmpty(Supplier<Optional<T>> work) {
        return inTransaction(work, Optional::isPresent);
    }

    /**
     * Runs work in a transaction that is always rolled back.
     *
     * @param work the changes and queries
     * @param <T> the type of the result
     */
    public <T> T thenUndone(Supplier<T> work) {
        return inTransaction(work, result -> false);
    }

    private <T> T inTransaction(Supplier<T> work, Predicate<T> wanted) {
        calls.waitFor(() -> {
            connection.setAutoCommit(false);
            return true;
        });
        boolean committed = false;
        try {
            T result = work.get();
            if (wanted.test(result)) {
                calls.waitFor(() -> {
                    connection.commit();
                    return true;
                });
                committed = true;
            }
            return result;
        } finally {
            endTransaction(committed);
        }
    }

    /** Opens a transaction that lasts until the session is closed. It is rolled back then. */
    public void begin() {
        calls.waitFor(() -> {
            connection.setAutoCommit(false);
            return true;
        });
    }

    /**
     * Runs a {@code COPY ... TO STDOUT}.
     *
     * @param target gets the rows, in the format of the statement; stays open
     * @return the number of rows
     * @throws UncheckedIOException if the rows cannot be written to the target
     */
    public long copyOut(Query copy, OutputStream target) {
        return calls.waitFor(() -> copying().copyOut(Sql.text(copy), target));
    }

    /**
     * Runs a {@code COPY ... FROM STDIN}.
     *
     * @param source the rows
     * @return the number of rows
     * @throws UncheckedIOException if the source cannot be read; no row has arrived then
     */
    public long copyIn(Query copy, InputStream source) {
        return calls.waitFor(() -> copying().copyIn(Sql.text(copy), source, COPY_BUFFER));
    }

    private CopyManager copying() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void endTransaction(boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            LOG.debug("A transaction could not be ended; closing its connection", failure);
            end();
        }
    }

    /**
     * Starts a statement that is given as text, without waiting until it ends.
     *
     * @return the running statement; this session must not be used until it has ended
     */
    CancellableCalls.Running<String> begin(String statement) {
        return calls.start(() -> {
            try (Statement jdbc = connection.createStatement()) {
                jdbc.setEscapeProcessing(false);
                if (!jdbc.execute(statement)) {
                    return "";
                }
                try (ResultSet rows = jdbc.getResultSet()) {
                    return rows.next() ? String.valueOf(rows.getString(1)) : "";
                }
            }
        });
    }

    /**
     * Starts a query for one value, without waiting for it.
     *
     * @param question a query whose first column of the first row is the answer
     * @return the running query; this session must not be used until it has ended
     */
    CancellableCalls.Running<String> begin(BoundQuery question) {
        return calls.start(() -> {
            try (PreparedStatement jdbc = connection.prepareStatement(question.text())) {
                for (int index = 0; index < question.values().size(); index++) {
                    jdbc.setObject(index + 1, question.values().get(index));
                }
                try (ResultSet rows = jdbc.executeQuery()) {
                    return rows.next() ? String.valueOf(rows.getString(1)) : "";
                }
            }
        });
    }

    /**
     * Queries one value.
     *
     * @param question a query whose first column of the first row is the answer
     * @return the answer, empty if there is no row
     */
    public String ask(BoundQuery question) {
        return begin(question).await();
    }

    /** Ends the session and its connection, which must not be used again. */
    void end() {
        calls.markBroken();
        close();
    }

    /** Closes the session, which releases its locks and ends its transaction. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        workers.ifPresent(WorkerSessions::close);
        try {
            if (!calls.isBroken() && !connection.isClosed() && connection.getAutoCommit()) {
                leaving.accept(connection);
            } else {
                connection.close();
            }
        } catch (SQLException failure) {
            LOG.debug("The connection was gone already", failure);
        }
    }
}
