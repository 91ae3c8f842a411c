package org.citustenancy.test.internal.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.internal.sql.ActivityStatements;

/**
 * The database in which a context starts.
 *
 * @param database the database
 * @param before the rows that were written before
 */
record StartDatabase(TestDatabase database, long before) {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final long LOOK_MILLIS = 10;

    static StartDatabase of(TestDatabase database) {
        return new StartDatabase(database, ask(database).writes());
    }

    /**
     * Returns whether the database was written to. A server counts the writes of a session at the latest when the
     * session ends, so all of them must end.
     *
     * @return true also if that cannot be seen, because a session remains
     */
    boolean isWritten() {
        database.disconnect();
        long until = System.nanoTime() + LONGEST.toNanos();
        ActivityStatements.Activity now = ask(database);
        while (now.others() > 0 && System.nanoTime() < until) {
            pause();
            now = ask(database);
        }
        return now.others() > 0 || now.writes() != before;
    }

    private static ActivityStatements.Activity ask(TestDatabase database) {
        try (Connection connection = database.dataSource().getConnection()) {
            return ActivityStatements.of(connection);
        } catch (SQLException | DataAccessException failure) {
            throw new ConnectionException(
                    Failure.of("The activity in the database \"" + database.name() + "\" cannot be read: "
                                    + failure.getMessage())
                            .fix("check that the cluster runs"),
                    failure);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
