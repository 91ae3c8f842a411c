package org.citustenancy.internal.backup.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Volume;
import org.citustenancy.tables.TableName;

/** Counts and reports the progress of a backup or a restore. */
public final class ProgressMeter {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ProgressReport report;
    private final Map<TableName, Integer> partsLeft = new HashMap<>();
    private BackupPhase phase = BackupPhase.FENCE;
    private long reported;
    private int tables;
    private long rows;
    private long bytes;
    private long weight;
    private long done;
    private long underway;

    /** Creates a meter for an operation that begins now. */
    public ProgressMeter(ProgressReport report) {
        this.report = report;
    }

    /** Starts the next phase. */
    public synchronized void phase(BackupPhase next) {
        phase = next;
        report();
    }

    /**
     * Announces parts of a table.
     *
     * @param table the table of the parts
     * @param parts how many parts the table has
     * @param estimate their total size, by any measure
     */
    public synchronized void expect(TableName table, int parts, long estimate) {
        tables++;
        weight += estimate;
        if (parts > 0) {
            partsLeft.put(table, parts);
        }
    }

    /**
     * Returns the elapsed time.
     *
     * @return the time
     */
    public Duration elapsed() {
        return report.elapsed();
    }

    /**
     * Starts a part.
     *
     * @param table the table of the part
     * @param estimate its size, by the same measure
     * @return a counter of its bytes and rows
     */
    public Part begin(TableName table, long estimate) {
        return new Part(table, estimate);
    }

    private void report() {
        reported = System.nanoTime();
        double fraction = weight == 0 ? 0 : Math.min(1, (double) (done + underway) / weight);
        report.reached(
                phase.word(),
                new Count(tables - partsLeft.size(), tables, "tables"),
                new Volume(rows, bytes),
                phase == BackupPhase.DONE ? 1 : fraction);
    }

    /** Counts a part of a table that is being copied. Used by one thread. */
    public final class Part {

        private final TableName table;
        private final long estimate;
        private long counted;

        private Part(TableName table, long estimate) {
            this.table = table;
            this.estimate = estimate;
        }

        /**
         * Adds transferred bytes.
         *
         * @param more how many
         */
        public void bytes(long more) {
            synchronized (ProgressMeter.this) {
                bytes += more;
                long before = counted;
                counted = Math.min(estimate, counted + more);
                underway += counted - before;
                if (System.nanoTime() - reported > PAUSE_NANOS) {
                    report();
                }
            }
        }

        /**
         * Completes the part.
         *
         * @param count how many rows it has
         */
        public void done(long count) {
            synchronized (ProgressMeter.this) {
                rows += count;
                underway -= counted;
                done += estimate;
                partsLeft.computeIfPresent(table, (name, left) -> left == 1 ? null : left - 1);
                report();
            }
        }
    }
}
