package org.citustenancy.backup;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a backup or a restore has come.
 *
 * @param project the project
 * @param phase what is being done
 * @param tablesDone tables that are whole
 * @param tables tables in all
 * @param rows rows so far
 * @param bytes bytes of rows so far, before compression
 * @param fraction how much of the rows is done by estimate, from 0 to 1
 * @param elapsed since it began
 */
public record BackupProgress(
        String project,
        BackupPhase phase,
        int tablesDone,
        int tables,
        long rows,
        long bytes,
        double fraction,
        Duration elapsed) {

    private static final double ENOUGH_TO_ESTIMATE = 0.02;

    /** One line, as in {@code shop: rows, 3 of 12 tables, 150000 rows, 25 %}. */
    @Override
    public String toString() {
        return "%s: %s, %d of %d tables, %d rows, %d %%"
                .formatted(
                        project,
                        phase.name().toLowerCase(Locale.ROOT),
                        tablesDone,
                        tables,
                        rows,
                        Math.round(fraction * 100));
    }

    /**
     * How long the rows will still take, if it goes on like this.
     *
     * @return absent while too little is done to say
     */
    public Optional<Duration> remaining() {
        if (fraction < ENOUGH_TO_ESTIMATE) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / fraction)));
    }
}
