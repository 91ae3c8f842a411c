package org.citustenancy.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.progress.ProgressListener;

/**
 * The options of a restore. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.backups().restore(directory).options(options -> options.parallelism(4).deadline(Duration.ofHours(2)))...
 * }</pre>
 *
 * @param deadline how long the restore may take
 * @param parallelism the number of parts of tables that are written at the same time
 * @param programs the directory of {@code pg_restore}; searched for if absent
 * @param listener receives the progress, in addition to the listeners of the cluster
 */
public record RestoreOptions(Duration deadline, int parallelism, Optional<Path> programs, ProgressListener listener) {

    /** Allows one day, and writes as many parts at a time as there are processors, up to eight. */
    public static final RestoreOptions STANDARD = new RestoreOptions(
            Duration.ofDays(1),
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors())),
            Optional.empty(),
            ProgressListener.NONE);

    /** Checks the numbers. */
    public RestoreOptions {
        if (deadline.isNegative() || deadline.isZero() || parallelism < 1) {
            throw new InvalidRequestException(
                    Failure.of("A restore within " + deadline + " by " + parallelism + " sessions would do nothing")
                            .fix("give a positive time and at least 1"));
        }
    }

    /**
     * Sets how long the restore may take.
     *
     * @param time the limit
     * @return a copy
     */
    public RestoreOptions deadline(Duration time) {
        return new RestoreOptions(time, parallelism, programs, listener);
    }

    /**
     * Sets the number of parts of tables that are written at the same time. Each part has sessions of its own on the
     * coordinator and on the workers that are reachable from this process.
     *
     * @param parts the number
     * @return a copy
     */
    public RestoreOptions parallelism(int parts) {
        return new RestoreOptions(deadline, parts, programs, listener);
    }

    /**
     * Sets the directory of {@code pg_restore}. By default the library searches the {@code PATH} and the directories of
     * PostgreSQL's packages.
     *
     * @param directory the directory of the program
     * @return a copy
     */
    public RestoreOptions programs(Path directory) {
        return new RestoreOptions(deadline, parallelism, Optional.of(directory), listener);
    }

    /**
     * Returns a copy with a listener that receives the progress, in addition to the listeners of the cluster.
     *
     * @param progress the listener
     * @return a copy
     */
    public RestoreOptions onProgress(ProgressListener progress) {
        return new RestoreOptions(deadline, parallelism, programs, progress);
    }
}
