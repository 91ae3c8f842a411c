package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.plan.StepOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes and plans again after a conflict with a session that does not hold the library's locks. Such a session is
 * one of these: a statement whose client has gone, because a killed process loses its locks at once, while a statement
 * that it sent to a worker runs to its end; a maintenance daemon of Citus, which changes the metadata of nodes; or a
 * session that holds a database or a lock for a short time.
 */
public final class ConflictRetry {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictRetry.class);
    private static final int MOST = 3;

    /**
     * duplicate_object, duplicate_database, and unique_violation in a catalog. If the database to copy is dropped or
     * opened meanwhile: invalid_catalog_name and object_in_use.
     */
    private static final Set<String> ALREADY_THERE = Set.of("42710", "42P04", "23505", "3D000", "55006");

    /** invalid_catalog_name, undefined_object, and object_in_use if a session does not end in time. */
    private static final Set<String> ALREADY_GONE = Set.of("3D000", "42704", "55006");

    /**
     * lock_not_available, if the server limits the wait for a lock; and an error of a worker of which only the message
     * is known, in any language, so that only a new observation of the nodes shows whether it was one of the others.
     */
    private static final Set<String> ALWAYS = Set.of("55P03", NodeAnswer.UNKNOWN_STATE);

    private static final String INTERNAL_ERROR = "XX000";

    /**
     * The message for a row of a catalog that was changed meanwhile. The server has no SQLSTATE of its own for it and
     * never translates the message.
     */
    private static final String CATALOG_CHANGED = "tuple concurrently ";

    private final Set<String> outrun;
    private int failed;

    private ConflictRetry(Set<String> outrun) {
        this.outrun = outrun;
    }

    /** Returns a retry for an operation that creates an object, which another session may have created meanwhile. */
    static ConflictRetry ofCreation() {
        return new ConflictRetry(ALREADY_THERE);
    }

    /** Returns if another attempt may succeed, and throws the failure otherwise. */
    void orThrow(StepFailedException failure) {
        failed++;
        if (failed == MOST || !isConflict(failure)) {
            throw failure;
        }
        LOG.debug("The state has changed meanwhile; observing again", failure);
    }

    /**
     * Removes an object that another session may have removed meanwhile.
     *
     * @param attempt one attempt, which reports its steps
     * @return the steps of all attempts
     */
    public static List<StepOutcome> toTakeAway(Consumer<StepListener> attempt) {
        return keeping(ALREADY_GONE, attempt);
    }

    /**
     * Changes an object that other sessions change, too.
     *
     * @param attempt one attempt, which reports its steps
     * @return the steps of all attempts
     */
    public static List<StepOutcome> toChange(Consumer<StepListener> attempt) {
        return keeping(Set.of(), attempt);
    }

    private static List<StepOutcome> keeping(Set<String> outrun, Consumer<StepListener> attempt) {
        List<StepOutcome> ended = new CopyOnWriteArrayList<>();
        ConflictRetry conflicts = new ConflictRetry(outrun);
        while (true) {
            try {
                attempt.accept((project, outcome) -> ended.add(outcome));
                return List.copyOf(ended);
            } catch (StepFailedException failure) {
                conflicts.orThrow(failure);
            }
        }
    }

    private boolean isConflict(StepFailedException failure) {
        return failure.getCause() instanceof ServerErrorException refused
                && (outrun.contains(refused.sqlState())
                        || ALWAYS.contains(refused.sqlState())
                        || saysCatalogChanged(refused));
    }

    private static boolean saysCatalogChanged(ServerErrorException refused) {
        return refused.sqlState().equals(INTERNAL_ERROR)
                && refused.serverMessage().contains(CATALOG_CHANGED);
    }
}
