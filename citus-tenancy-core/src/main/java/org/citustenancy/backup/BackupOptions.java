package org.citustenancy.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.tables.TableName;

/**
 * How a backup is made. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * app.backup(directory, options -> options.waitForFence(Duration.ofSeconds(5)).compression(6));
 * }</pre>
 *
 * @param fenceTimeout how long it may take until no transaction writes
 * @param deadline how long the backup may take
 * @param parallelism how many parts of tables are read at the same time
 * @param compression from 0 (none) over 1 (fastest) to 9 (smallest), as gzip counts
 * @param fenced whether writers wait for the whole backup, because no worker is reached from here
 * @param rows whether rows are wanted, or the schema alone
 * @param tables the only tables that are wanted, all if there is none
 * @param addresses where nodes are reached from here that have other addresses for each other: {@code host:port} by
 *     {@code host:port}
 * @param programs the directory of {@code pg_dump}; looked for if absent
 * @param listener receives the progress, besides those of the cluster
 */
public record BackupOptions(
        Duration fenceTimeout,
        Duration deadline,
        int parallelism,
        int compression,
        boolean fenced,
        boolean rows,
        List<TableName> tables,
        Map<String, String> addresses,
        Optional<Path> programs,
        ProgressListener listener) {

    /** Ten seconds for the fence, a day in all, as many parts at a time as there are processors, up to eight. */
    public static final BackupOptions STANDARD = new BackupOptions(
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors())),
            1,
            false,
            true,
            List.of(),
            Map.of(),
            Optional.empty(),
            ProgressListener.NONE);

    private static final int MOST_COMPRESSION = 9;

    /** Copies the collections and checks the numbers. */
    public BackupOptions {
        tables = List.copyOf(tables);
        addresses = Collections.unmodifiableMap(new TreeMap<>(addresses));
        if (fenceTimeout.isNegative() || fenceTimeout.isZero() || deadline.isNegative() || deadline.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("A backup within " + deadline + ", and " + fenceTimeout + " for its fence, has no time")
                            .fix("give positive times"));
        }
        if (parallelism < 1) {
            throw new InvalidRequestException(Failure.of("A parallelism of " + parallelism + " would do nothing")
                    .fix("give at least 1"));
        }
        if (compression < 0 || compression > MOST_COMPRESSION) {
            throw new InvalidRequestException(
                    Failure.of("There is no compression " + compression).fix("give 0 to " + MOST_COMPRESSION));
        }
    }

    /**
     * Throws if a backup would not be of all tables with all rows.
     *
     * @throws InvalidRequestException if it would be of a part only
     */
    public void requireWhole() {
        if (!rows || !tables.isEmpty()) {
            throw new InvalidRequestException(Failure.of("Only a part would be backed up, where the whole is needed: "
                            + (rows ? "the tables " + tables : "the schema"))
                    .state("nothing was touched")
                    .fix("back up into a directory of its own what is only a part"));
        }
    }

    /**
     * How long it may take until no transaction writes. When that time has passed, writers continue and the backup fails.
     * Writers do not wait for all of it: an attempt that does not succeed within half a second lets them continue for a
     * while.
     *
     * @param time the bound
     * @return a copy
     */
    public BackupOptions waitForFence(Duration time) {
        return new BackupOptions(
                time, deadline, parallelism, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * How long the backup may take.
     *
     * @param time the bound
     * @return a copy
     */
    public BackupOptions deadline(Duration time) {
        return new BackupOptions(
                fenceTimeout, time, parallelism, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * How many parts of tables are read at the same time, each by a session of its own.
     *
     * @param parts the number
     * @return a copy
     */
    public BackupOptions parallelism(int parts) {
        return new BackupOptions(
                fenceTimeout, deadline, parts, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * How hard rows are compressed.
     *
     * @param level from 0 (none) over 1 (fastest) to 9 (smallest)
     * @return a copy
     */
    public BackupOptions compression(int level) {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, level, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * Reads everything through the coordinator, for where the workers cannot be reached from here. The backup is consistent
     * all the same, at the price that every writer waits until all of it is read.
     *
     * @return a copy
     */
    public BackupOptions throughCoordinator() {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, true, rows, tables, addresses, programs, listener);
    }

    /**
     * Leaves the rows out.
     *
     * @return a copy
     */
    public BackupOptions schemaOnly() {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, false, tables, addresses, programs, listener);
    }

    /**
     * Leaves out every table but this one, and those that were named before. Nothing is taken along that it depends on,
     * but its partitions.
     *
     * @param table the table, as {@link TableName#of} reads it
     * @return a copy
     */
    public BackupOptions table(String table) {
        List<TableName> more = new ArrayList<>(tables);
        more.add(TableName.of(table));
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, rows, more, addresses, programs, listener);
    }

    /**
     * Where a node is reached from here that has another address for the other nodes, such as a mapped port of a container.
     *
     * @param host the host by which the other nodes know it
     * @param port its port there
     * @param reachableHost the host by which it is reached from here
     * @param reachablePort its port there
     * @return a copy
     */
    public BackupOptions nodeAt(String host, int port, String reachableHost, int reachablePort) {
        Map<String, String> more = new TreeMap<>(addresses);
        more.put(host + ":" + port, reachableHost + ":" + reachablePort);
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, rows, tables, more, programs, listener);
    }

    /**
     * Where {@code pg_dump} is. By default the library searches the {@code PATH} and the directories of PostgreSQL's
     * packages.
     *
     * @param directory its directory
     * @return a copy
     */
    public BackupOptions programs(Path directory) {
        return new BackupOptions(
                fenceTimeout,
                deadline,
                parallelism,
                compression,
                fenced,
                rows,
                tables,
                addresses,
                Optional.of(directory),
                listener);
    }

    /**
     * The same, with a listener that receives the progress, besides those of the cluster.
     *
     * @param progress the listener
     * @return a copy
     */
    public BackupOptions onProgress(ProgressListener progress) {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, rows, tables, addresses, programs, progress);
    }
}
