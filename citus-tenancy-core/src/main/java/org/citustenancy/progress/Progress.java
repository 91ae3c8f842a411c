package org.citustenancy.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The progress of an operation at one moment.
 *
 * @param activity the kind of operation
 * @param subject the project, or the database or node, that it is about
 * @param phase the current phase, in plain words; {@link #DONE} at the end
 * @param count how many units of work have ended
 * @param volume how much data has gone through
 * @param fraction how much of the work is done by estimate, from 0 to 1
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
     * Whether it has ended without a failure.
     *
     * @return true for the last report of an operation
     */
    public boolean isDone() {
        return phase.equals(DONE);
    }

    /**
     * How long it will still take, if it goes on like this.
     *
     * @return absent while too little is done to say
     */
    public Optional<Duration> remaining() {
        if (fraction < ENOUGH_TO_ESTIMATE) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / fraction)));
    }

    /** One line, as in {@code shop: backup, rows, 3 of 12 tables, 150000 rows, 25 %, 40 s}. */
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
