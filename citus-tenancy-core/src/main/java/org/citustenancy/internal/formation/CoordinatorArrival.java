package org.citustenancy.internal.formation;

import java.sql.SQLException;
import java.time.Duration;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;

/** Opens sessions on a coordinator that may still be starting. */
final class CoordinatorArrival {

    static final Duration PAUSE = Duration.ofMillis(500);

    private static final String REFUSED = "28";

    private final Sessions sessions;
    private final ClusterFormation formation;
    private final Deadline deadline;
    private final FormationReport report;

    CoordinatorArrival(Sessions sessions, ClusterFormation formation, Deadline deadline, FormationReport report) {
        this.sessions = sessions;
        this.formation = formation;
        this.deadline = deadline;
        this.report = report;
    }

    Session await() {
        while (true) {
            try {
                return sessions.maintenance(deadline);
            } catch (ConnectionException failure) {
                pause(failure);
            }
        }
    }

    /** Waits for the next attempt, unless the server refuses the admin, which it would always do. */
    private void pause(ConnectionException failure) {
        if (failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && cause.getSQLState().startsWith(REFUSED)) {
            throw failure;
        }
        Duration remaining = Duration.ofNanos(deadline.remainingNanos());
        if (remaining.compareTo(PAUSE) <= 0) {
            throw new DeadlineExceededException(
                    Failure.of("The " + formation.coordinator() + " did not answer within " + formation.timeout() + ": "
                                    + failure.failure().what())
                            .where(failure.failure().where())
                            .state("nothing was changed")
                            .fix("check that it runs and is reachable from here, or allow more time"),
                    failure);
        }
        report.waiting(formation.coordinator(), failure.failure().what());
        deadline.sleep(PAUSE, failure.failure().where());
    }
}
