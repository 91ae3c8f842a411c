package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.plan.StepOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks and plans again where a statement that nobody waits for any more was faster. A process that is killed gives its
 * locks back at once, but what it had sent to a worker goes on there to its end.
 */
final class Attempts {

    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int MOST = 3;

    /** duplicate_object, duplicate_database, and unique_violation in a catalog. */
    private static final Set<String> ALREADY_THERE = Set.of("42710", "42P04", "23505");

    private Attempts() {}

    static Provisioned until(ProgressListener listener, Function<ProgressListener, Provisioned> attempt) {
        List<StepOutcome> ended = new CopyOnWriteArrayList<>();
        ProgressListener keeping = (project, outcome) -> {
            ended.add(outcome);
            listener.stepEnded(project, outcome);
        };
        int failed = 0;
        while (true) {
            List<StepOutcome> earlier = List.copyOf(ended);
            try {
                return attempt.apply(keeping).after(earlier);
            } catch (StepFailedException failure) {
                failed++;
                if (failed == MOST || !isThereAlready(failure)) {
                    throw failure;
                }
                LOG.debug("Something had been made meanwhile; looking again", failure);
            }
        }
    }

    private static boolean isThereAlready(StepFailedException failure) {
        return failure.getCause() instanceof ServerErrorException refused
                && ALREADY_THERE.contains(refused.sqlState());
    }
}
