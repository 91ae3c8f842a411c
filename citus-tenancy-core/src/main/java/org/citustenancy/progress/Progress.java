package org.citustenancy.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of an operation at one point in time.
 *
 * @param activity the kind of operation
 * @param subject the project, database or node of the operation
 * @param phase the current phase, in plain words; {@link #DONE} at the end
 * @param count the number of completed units of work
 * @param volume the amount of processed data
 * @param fraction the estimated fraction of completed work, from 0 to 1
 * @param started when it began
 * @param elapsed the time since then
 */
public record Progress(
        Activity activity,
        String subject,
        String phase,
        Count count,
        Volume volume,
        double fraction,
        Instant started,
        Duration elapsed) {

    /** The last phase. */
    public static final String DONE = "done";

    private static final double ENOUGH_TO_ESTIMATE = 0.02;

    /**
     * Returns whether the operation has ended without a failure.
     *
     * @return true for the last report of an operation
     */
    public boolean isDone() {
        return phase.equals(DONE);
    }

    /**
     * Returns the estimated remaining time at the current rate.
     *
     * @return absent if too little is done for an estimate
     */
    public Optional<Duration> remaining() {
        if (fraction < ENOUGH_TO_ESTIMATE) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / fraction)));
    }

    /** Returns one line, as in {@code shop: backup, rows, 3 of 12 tables, 150000 rows, 25 %, 40 s}. */
    @Override
    public String toString() {
        return "%s: %s, %s, %s%s, %d %%, %d s"
                .formatted(
                        subject,
                        activity.word(),
                        phase,
                        count,
                        volume.rows() == 0 ? "" : ", " + volume.rows() + " rows",
                        Math.round(fraction * 100),
                        elapsed.toSeconds());
    }
}
