package org.citustenancy.test;

import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.test.internal.pool.Copies;
import org.citustenancy.test.internal.pool.Copy;

/**
 * A database that one test has for itself. Closing it returns it: it is dropped in the background, or goes to the next test
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
     * The database's name.
     *
     * @return the name
     */
    public String name() {
        return copy.name();
    }

    /**
     * The project, whose tables can be distributed and whose nodes can be asked.
     *
     * @return the project
     */
    public synchronized Project project() {
        touched = true;
        return copy.project();
    }

    /**
     * How its owner gets in.
     *
     * @return the connection, with the password
     */
    public ConnectionInfo connection() {
        return project().connection(owner);
    }

    /**
     * How another of its users gets in.
     *
     * @param user the user
     * @return the connection, with the password if the request for the projects gave one
     */
    public ConnectionInfo connection(String user) {
        return project().connection(user);
    }

    /**
     * Connections of its owner, from a pool within what all test databases may have together.
     *
     * @return lends connections
     */
    public synchronized DataSource dataSource() {
        touched = true;
        return pools.dataSource(copy.name(), owner);
    }

    /** Nothing was changed in it: the next test may have it. */
    public synchronized void untouched() {
        touched = false;
    }

    /**
     * It stays when it is given back, so that you can look into it. The next run on the same cluster drops it.
     *
     * @return how to get into it, with the password
     */
    public synchronized String keep() {
        kept = true;
        return connection().uri();
    }

    /** Gives it back. Connections that are still lent are aborted. */
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

    /** The database's name. */
    @Override
    public String toString() {
        return copy.name();
    }
}
