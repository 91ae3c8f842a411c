package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.FenceStatements;
import org.citustenancy.internal.sql.TableQueries;
import org.citustenancy.tables.TableName;

/**
 * Keeps a project's distributed queries waiting while something is done that none of them may see half done.
 *
 * <p>A statement locks its tables before it opens connections to other nodes, and looks again at what changed once it has
 * the lock. So a statement that waits here begins with the new state, and one that is under way ends with the old.
 */
final class Fence {

    /** Others wait behind us while we wait, so we do not wait long. */
    private static final int PATIENCE_MILLIS = 500;

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";

    private final Cluster cluster;
    private final Deadline deadline;

    Fence(Cluster cluster, Deadline deadline) {
        this.cluster = cluster;
        this.deadline = deadline;
    }

    /**
     * Does something behind the fences of several projects at once.
     *
     * @param projects the projects
     * @param work what to do
     * @param <T> what it gives
     * @return the same
     */
    <T> T around(List<String> projects, Supplier<T> work) {
        while (true) {
            try {
                return attempt(projects, work);
            } catch (ServerErrorException busy) {
                if (!busy.sqlState().equals(LOCK_NOT_AVAILABLE)
                        && !busy.sqlState().equals(DEADLOCK)) {
                    throw busy;
                }
                deadline.sleep(
                        Duration.ofMillis(PATIENCE_MILLIS), busy.failure().where());
            }
        }
    }

    /** Opens every fence again if one of them cannot be closed soon. */
    private <T> T attempt(List<String> projects, Supplier<T> work) {
        if (projects.isEmpty()) {
            return work.get();
        }
        try (Session session = cluster.sessions().distributing(projects.get(0), deadline)) {
            return session.inTransaction(() -> {
                close(session);
                return attempt(projects.subList(1, projects.size()), work);
            });
        }
    }

    private static void close(Session session) {
        List<TableName> tables = session.fetch(FenceStatements.tables()).stream()
                .map(row -> new TableName(row.get(TableQueries.SCHEMA), row.get(TableQueries.TABLE)))
                .toList();
        session.fetch(FenceStatements.patience(PATIENCE_MILLIS));
        if (!tables.isEmpty()) {
            session.execute(FenceStatements.close(tables));
        }
    }
}
