package org.citustenancy.test;

import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.ProjectPool;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.test.internal.pool.Copies;
import org.citustenancy.test.internal.pool.Copy;

/**
 * An isolated database of one test. Closing it returns it: it is dropped in the background, or passed to the next test
 * if no connection to it was requested.
 *
 * <pre>{@code
 * try (TestDatabase database = databases.take()) {
 *     database.dataSource().getConnection().createStatement().execute("insert into orders (id) values (1)");
 * }
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    private final Copies copies;
    private final Copy copy;
    private final ProjectPools pools;
    private final String owner;
    private boolean touched;
    private boolean kept;
    private boolean closed;

    TestDatabase(Copies copies, Copy copy, ProjectPools pools, String owner) {
        this.copies = copies;
        this.copy = copy;
        this.pools = pools;
        this.owner = owner;
    }

    /**
     * Returns the database's name.
     *
     * @return the name
     */
    public String name() {
        return copy.name();
    }

    /**
     * Returns the project, for distributing tables and inspecting its nodes.
     *
     * @return the project
     */
    public synchronized Project project() {
        touched = true;
        return copy.project();
    }

    /**
     * Returns the connection of the owner.
     *
     * @return the connection, with the password
     */
    public ConnectionInfo connection() {
        return project().connection(owner);
    }

    /**
     * Returns the connection of another user.
     *
     * @param user the user
     * @return the connection, with the password if the request for the projects contains it
     */
    public ConnectionInfo connection(String user) {
        return project().connection(user);
    }

    /**
     * Returns a data source of the owner's connections, from a pool within the budget of all test databases.
     *
     * @return the data source
     */
    public synchronized DataSource dataSource() {
        touched = true;
        return pools.dataSource(copy.name(), owner);
    }

    /**
     * Closes the connections of {@link #dataSource()}: idle ones at once, and borrowed ones after at most half a second.
     * Connections that are borrowed later are new.
     */
    public void disconnect() {
        pools.close(copy.name());
    }

    /**
     * Returns whether connections of {@link #dataSource()} are borrowed.
     *
     * @return true if at least one is
     */
    public boolean isBorrowedFrom() {
        return pools.pools().stream()
                .filter(pool -> pool.name().project().equals(copy.name()))
                .map(ProjectPool::figures)
                .anyMatch(figures -> figures.total() > figures.idle());
    }

    /** Declares that the database is unchanged, so that the next test may use it. */
    public synchronized void untouched() {
        touched = false;
    }

    /**
     * Keeps the database after its return, so that you can inspect it. The next run on the same cluster drops it.
     *
     * @return the connection information, with the password
     */
    public synchronized String keep() {
        kept = true;
        return connection().uri();
    }

    /** Returns the database. Connections that are still borrowed are aborted. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (kept) {
            copies.keep(copy);
        } else if (touched) {
            copies.drop(copy);
        } else {
            copies.giveAgain(copy);
        }
    }

    /** Returns the database's name. */
    @Override
    public String toString() {
        return copy.name();
    }
}
