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

    /** A meter at the beginning. */
    public ProgressMeter(ProgressReport report) {
        this.report = report;
    }

    /** Something else begins. */
    public synchronized void phase(BackupPhase next) {
        phase = next;
        report();
    }

    /**
     * There is a part to be done.
     *
     * @param table the table that it belongs to
     * @param parts how many parts the table has
     * @param estimate how much all of them are, by any measure
     */
    public synchronized void expect(TableName table, int parts, long estimate) {
        tables++;
        weight += estimate;
        if (parts > 0) {
            partsLeft.put(table, parts);
        }
    }

    /**
     * How long it has taken so far.
     *
     * @return the time
     */
    public Duration elapsed() {
        return report.elapsed();
    }

    /**
     * A part begins.
     *
     * @param table the table that it belongs to
     * @param estimate how much it is, by the same measure
     * @return what counts its bytes and rows
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

    /** A part of a table that is being copied; used by one thread. */
    public final class Part {

        private final TableName table;
        private final long estimate;
        private long counted;

        private Part(TableName table, long estimate) {
            this.table = table;
            this.estimate = estimate;
        }

        /**
         * More bytes have gone through.
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
         * The part is whole.
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
