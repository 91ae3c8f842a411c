package org.citustenancy.internal.backup.dump;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.ColumnarOptions;
import org.citustenancy.backup.manifest.DistributedFunction;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.format.JsonTexts;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;

/** Reads the contents of a project, through a session on its coordinator. */
public final class ContentsReader {

    /** The extension for columnar tables, which Citus itself creates up to its version 13. */
    public static final String COLUMNAR = "citus_columnar";

    private final Session session;

    /** Creates a reader. */
    public ContentsReader(Session session) {
        this.session = session;
    }

    /**
     * Reads all contents.
     *
     * @param workers the workers by their groups, which report the values of their own parts of sequences
     */
    public Contents read(Map<Integer, Node> workers) {
        List<String> extensions = names(BackupQueries.extensions());
        return new Contents(
                postgres(),
                names(BackupQueries.citusVersion()).get(0),
                new Needs(
                        extensions.stream()
                                .filter(name -> !name.equals("citus") && !name.equals(COLUMNAR))
                                .toList(),
                        names(BackupQueries.roles())),
                new DistributedObjects(groups(), names(BackupQueries.distributedSchemas()), functions()),
                tables(extensions.contains(COLUMNAR)),
                sequences(workers),
                relations(BackupQueries.materializedViews()));
    }

    /**
     * Returns the major version of PostgreSQL.
     *
     * @return for example 15
     */
    public int postgresMajor() {
        return postgres() / 10_000;
    }

    private int postgres() {
        return session.fetch(BackupQueries.version())
                .get(0)
                .get(BackupQueries.NUMBER)
                .intValue();
    }

    private List<String> names(ResultQuery<? extends Record> query) {
        return session.fetch(query).stream()
                .map(row -> row.get(BackupQueries.NAME))
                .toList();
    }

    private List<TableName> relations(ResultQuery<? extends Record> query) {
        return session.fetch(query).stream().map(ContentsReader::name).toList();
    }

    private SortedMap<Integer, Integer> groups() {
        SortedMap<Integer, Integer> groups = new TreeMap<>();
        session.fetch(BackupQueries.tables()).forEach(row -> {
            TableLayout layout = layout(row);
            if (layout == TableLayout.DISTRIBUTED || layout == TableLayout.SINGLE_SHARD) {
                groups.put(row.get(BackupQueries.GROUP), row.get(BackupQueries.SHARDS));
            }
        });
        return groups;
    }

    /**
     * Returns the tables, without their rows.
     *
     * @param columnar whether the extension for columnar tables exists
     * @return by schema and name
     */
    public List<BackedUpTable> tables(boolean columnar) {
        Map<TableName, ColumnarOptions> options = new HashMap<>();
        if (columnar) {
            session.fetch(BackupQueries.columnar())
                    .forEach(row -> options.put(
                            name(row),
                            new ColumnarOptions(
                                    row.get(BackupQueries.CHUNK_ROWS),
                                    row.get(BackupQueries.STRIPE_ROWS),
                                    row.get(BackupQueries.COMPRESSION),
                                    row.get(BackupQueries.LEVEL))));
        }
        return session.fetch(BackupQueries.tables()).stream()
                .map(row -> table(row, Optional.ofNullable(options.get(name(row)))))
                .toList();
    }

    private static BackedUpTable table(Record row, Optional<ColumnarOptions> columnar) {
        TableLayout layout = layout(row);
        boolean grouped = layout == TableLayout.DISTRIBUTED || layout == TableLayout.SINGLE_SHARD;
        return new BackedUpTable(
                name(row),
                layout,
                Optional.ofNullable(row.get(BackupQueries.COLUMN)),
                grouped ? OptionalInt.of(row.get(BackupQueries.GROUP)) : OptionalInt.empty(),
                row.get(BackupQueries.KIND).equals("p"),
                row.get(BackupQueries.PARTITION),
                columnar,
                JsonTexts.read(row.get(BackupQueries.COLUMNS)),
                List.of());
    }

    private static TableLayout layout(Record row) {
        String method = row.get(BackupQueries.METHOD);
        if (method == null) {
            return TableLayout.LOCAL;
        }
        if (method.equals("h")) {
            return TableLayout.DISTRIBUTED;
        }
        if (!method.equals("n")) {
            throw new ConflictException(
                    Failure.of("The table " + name(row) + " is distributed by \"" + method + "\", and not by hash")
                            .state("nothing was written")
                            .fix("distribute it by hash"));
        }
        if ("t".equals(row.get(BackupQueries.MODEL))) {
            return TableLayout.REFERENCE;
        }
        if (row.get(BackupQueries.SCHEMA_SHARDED)) {
            return TableLayout.SCHEMA;
        }
        return row.get(BackupQueries.GROUP) == 0 ? TableLayout.MANAGED_LOCAL : TableLayout.SINGLE_SHARD;
    }

    private List<DistributedFunction> functions() {
        return session.fetch(BackupQueries.functions()).stream()
                .map(row -> {
                    Integer group = row.get(BackupQueries.GROUP);
                    return new DistributedFunction(
                            row.get(BackupQueries.NAME),
                            Optional.ofNullable(row.get(BackupQueries.ARGUMENT)),
                            group == null || group == 0 ? OptionalInt.empty() : OptionalInt.of(group),
                            row.get(BackupQueries.FORCED));
                })
                .toList();
    }

    private List<BackedUpSequence> sequences(Map<Integer, Node> workers) {
        Map<TableName, SortedMap<Integer, Long>> values = new LinkedHashMap<>();
        session.fetch(BackupQueries.sequences()).forEach(row -> {
            SortedMap<Integer, Long> ofSequence = new TreeMap<>();
            put(ofSequence, 0, (Record) row);
            values.put(name((Record) row), ofSequence);
        });
        if (!values.isEmpty() && !workers.isEmpty()) {
            Map<Node, String> commands = new LinkedHashMap<>();
            String question = Sql.text(BackupQueries.asJson(BackupQueries.sequences()));
            workers.values().forEach(worker -> commands.put(worker, question));
            Map<Node, String> answers = new HashMap<>();
            NodeCommands.on(session)
                    .run(commands)
                    .forEach((node, answer) -> answers.put(node, answer.orThrow(session.place())));
            workers.forEach((group, worker) -> Sql.rows(answers.getOrDefault(worker, "[]"))
                    .forEach(row -> {
                        SortedMap<Integer, Long> ofSequence = values.get(
                                new TableName(row.get("schema", String.class), row.get("name", String.class)));
                        if (ofSequence != null) {
                            put(ofSequence, group, row);
                        }
                    }));
        }
        List<BackedUpSequence> sequences = new ArrayList<>();
        values.forEach((name, ofSequence) -> sequences.add(new BackedUpSequence(name, ofSequence)));
        return sequences;
    }

    private static void put(SortedMap<Integer, Long> values, int group, Record row) {
        Long value = row.get(BackupQueries.NUMBER.getName(), Long.class);
        if (value != null) {
            values.put(group, value);
        }
    }

    private static TableName name(Record row) {
        return new TableName(row.get(BackupQueries.SCHEMA), row.get(BackupQueries.NAME));
    }
}
