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
 * The options of a backup. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * app.backup(directory, options -> options.waitForFence(Duration.ofSeconds(5)).compression(6));
 * }</pre>
 *
 * @param fenceTimeout how long to wait until no transaction writes
 * @param deadline how long the backup may take
 * @param parallelism the number of parts of tables that are read at the same time
 * @param compression the level from 0 (none) over 1 (fastest) to 9 (smallest), as for gzip
 * @param fenced whether writers wait for the whole backup, because no worker is reachable from this process
 * @param rows whether to include rows, or the schema only
 * @param tables the only tables to include; all if empty
 * @param addresses the addresses of nodes that have other addresses for this process than for the other nodes: {@code
 *     host:port} by {@code host:port}
 * @param programs the directory of {@code pg_dump}; searched for if absent
 * @param listener receives the progress, in addition to the listeners of the cluster
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

    /**
     * Waits ten seconds for the fence, allows one day in all, and reads as many parts at a time as there are
     * processors, up to eight.
     */
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
     * Throws an exception if a backup with these options would not contain all tables with all rows.
     *
     * @throws InvalidRequestException if the backup would be partial
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
     * Sets how long to wait until no transaction writes. After that time, writers continue and the backup fails.
     * Writers do not wait for all of that time: an attempt that does not succeed within half a second lets them
     * continue for a while.
     *
     * @param time the limit
     * @return a copy
     */
    public BackupOptions waitForFence(Duration time) {
        return new BackupOptions(
                time, deadline, parallelism, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * Sets how long the backup may take.
     *
     * @param time the limit
     * @return a copy
     */
    public BackupOptions deadline(Duration time) {
        return new BackupOptions(
                fenceTimeout, time, parallelism, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * Sets the number of parts of tables that are read at the same time, each by a session of its own.
     *
     * @param parts the number
     * @return a copy
     */
    public BackupOptions parallelism(int parts) {
        return new BackupOptions(
                fenceTimeout, deadline, parts, compression, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * Sets the compression level of rows.
     *
     * @param level from 0 (none) over 1 (fastest) to 9 (smallest)
     * @return a copy
     */
    public BackupOptions compression(int level) {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, level, fenced, rows, tables, addresses, programs, listener);
    }

    /**
     * Reads everything through the coordinator, if the workers are not reachable from this process. The backup is
     * consistent too, but every writer waits until all of it is read.
     *
     * @return a copy
     */
    public BackupOptions throughCoordinator() {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, true, rows, tables, addresses, programs, listener);
    }

    /**
     * Excludes the rows.
     *
     * @return a copy
     */
    public BackupOptions schemaOnly() {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, false, tables, addresses, programs, listener);
    }

    /**
     * Includes only this table, and the tables that were named before. Its partitions are included, but no other
     * objects that it depends on.
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
     * Sets the address of a node for this process, if it differs from the address for the other nodes, as for a mapped
     * port of a container.
     *
     * @param host the host by which the other nodes reach it
     * @param port the port by which the other nodes reach it
     * @param reachableHost the host by which this process reaches it
     * @param reachablePort the port by which this process reaches it
     * @return a copy
     */
    public BackupOptions nodeAt(String host, int port, String reachableHost, int reachablePort) {
        Map<String, String> more = new TreeMap<>(addresses);
        more.put(host + ":" + port, reachableHost + ":" + reachablePort);
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, rows, tables, more, programs, listener);
    }

    /**
     * Sets the directory of {@code pg_dump}. By default the library searches the {@code PATH} and the directories of
     * PostgreSQL's packages.
     *
     * @param directory the directory of the program
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
     * Returns a copy with a listener that receives the progress, in addition to the listeners of the cluster.
     *
     * @param progress the listener
     * @return a copy
     */
    public BackupOptions onProgress(ProgressListener progress) {
        return new BackupOptions(
                fenceTimeout, deadline, parallelism, compression, fenced, rows, tables, addresses, programs, progress);
    }
}
