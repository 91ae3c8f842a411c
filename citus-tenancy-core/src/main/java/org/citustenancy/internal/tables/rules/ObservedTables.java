package org.citustenancy.internal.tables.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.DistributionQueries;
import org.citustenancy.internal.sql.TableQueries;
import org.citustenancy.internal.tables.rules.ObservedTable.Column;
import org.citustenancy.internal.tables.rules.ObservedTable.KeyKind;
import org.citustenancy.internal.tables.rules.ObservedTable.Obstacles;
import org.citustenancy.internal.tables.rules.ObservedTable.Trait;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;

/**
 * The tables of a project as the coordinator has them.
 *
 * @param tables the tables that are no partitions, by schema and name
 * @param partitions the table of each partition
 * @param foreignKeys their foreign keys
 * @param schemas the schemas, and whether each is distributed
 */
public record ObservedTables(
        Map<TableName, ObservedTable> tables,
        Map<TableName, TableName> partitions,
        List<ForeignKey> foreignKeys,
        Map<String, Boolean> schemas) {

    /**
     * Reads the catalogs, with one query per kind of object.
     *
     * @param session a session in the project's database on the coordinator
     */
    public static ObservedTables read(Session session) {
        return new Reading(session).read();
    }

    /** Returns a table, absent if there is none of that name that is no partition. */
    public Optional<ObservedTable> find(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }

    /**
     * Reads the sizes of the tables on the coordinator, with their partitions.
     *
     * @param session the session that read the tables
     * @return bytes by table
     */
    public Map<TableName, Long> sizes(Session session) {
        Map<TableName, Long> sizes = new LinkedHashMap<>();
        session.fetch(DistributionQueries.sizes()).forEach(row -> {
            TableName name = info(row).name();
            sizes.merge(partitions.getOrDefault(name, name), row.get(DistributionQueries.BYTES), Long::sum);
        });
        return sizes;
    }

    /** Reads a row of {@code TableQueries.tables()} or of {@link DistributionQueries#tables()}. */
    public static TableInfo info(Record row) {
        Integer colocation = row.get(TableQueries.COLOCATION);
        Integer shards = row.get(TableQueries.SHARDS);
        return new TableInfo(
                new TableName(row.get(TableQueries.SCHEMA), row.get(TableQueries.TABLE)),
                TableKind.valueOf(row.get(TableQueries.KIND).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.get(TableQueries.COLUMN)),
                colocation == null ? OptionalInt.empty() : OptionalInt.of(colocation),
                shards == null ? OptionalInt.empty() : OptionalInt.of(shards));
    }

    /**
     * A table or partition.
     *
     * @param row its row of {@link DistributionQueries#tables()}
     */
    private record Relation(TableInfo info, Record row) {

        boolean is(Field<Boolean> property) {
            return row.get(property);
        }

        long root() {
            return row.get(DistributionQueries.ROOT);
        }
    }

    /** The answers of one session. */
    private static final class Reading {

        private final Session session;
        private final Map<Long, Relation> relations = new LinkedHashMap<>();

        Reading(Session session) {
            this.session = session;
        }

        ObservedTables read() {
            session.fetch(DistributionQueries.tables())
                    .forEach(row -> relations.put(row.get(DistributionQueries.OID), new Relation(info(row), row)));
            Map<Long, List<Column>> columns = byTable(DistributionQueries.columns(), Reading::column);
            Map<Long, List<ObservedTable.Key>> keys = byTable(DistributionQueries.keys(), this::key);
            Map<Long, List<String>> triggers = byTable(DistributionQueries.triggers(), Reading::name);
            Map<Long, List<String>> policies = byTable(DistributionQueries.policiesWithSubqueries(), Reading::name);
            Map<Long, Set<Trait>> traits = traits();
            Map<TableName, ObservedTable> tables = new LinkedHashMap<>();
            Map<TableName, TableName> partitions = new LinkedHashMap<>();
            relations.forEach((oid, relation) -> {
                TableInfo table = relation.info();
                if (relation.root() != oid) {
                    find(relation.root()).ifPresent(root -> partitions.put(table.name(), root.name()));
                    return;
                }
                tables.put(
                        table.name(),
                        new ObservedTable(
                                table,
                                relation.row().get(DistributionQueries.OWNER),
                                traits.getOrDefault(oid, Set.of()),
                                columns.getOrDefault(oid, List.of()),
                                new Obstacles(
                                        keys.getOrDefault(oid, List.of()),
                                        triggers.getOrDefault(oid, List.of()),
                                        policies.getOrDefault(oid, List.of()))));
            });
            return new ObservedTables(tables, partitions, foreignKeys(), schemas());
        }

        /** Returns a table, or the table of a partition. */
        private Optional<TableInfo> find(long oid) {
            return Optional.ofNullable(relations.get(root(oid))).map(Relation::info);
        }

        private long root(long oid) {
            Relation relation = relations.get(oid);
            return relation == null ? oid : relation.root();
        }

        private <T> Map<Long, List<T>> byTable(ResultQuery<? extends Record> query, Function<Record, T> reading) {
            Map<Long, List<T>> found = new LinkedHashMap<>();
            session.fetch(query).stream()
                    // Tables of extensions are left out.
                    .filter(row -> relations.containsKey(row.get(DistributionQueries.OID)))
                    .forEach(row -> found.computeIfAbsent(
                                    root(row.get(DistributionQueries.OID)), root -> new ArrayList<>())
                            .add(reading.apply(row)));
            return found;
        }

        private Map<Long, Set<Trait>> traits() {
            Map<Long, Set<Trait>> found = new LinkedHashMap<>();
            relations.forEach((oid, relation) -> {
                Set<Trait> traits = found.computeIfAbsent(relation.root(), root -> EnumSet.noneOf(Trait.class));
                boolean table = relation.root() == oid;
                boolean partitioned = relation.is(DistributionQueries.PARTITIONED);
                String schema = relation.info().name().schema();
                boolean elsewhere = find(oid)
                        .map(root -> !root.name().schema().equals(schema))
                        .orElse(false);
                add(traits, Trait.MANAGED, table && relation.is(DistributionQueries.MANAGED));
                add(traits, Trait.INHERITS, table && relation.is(DistributionQueries.INHERITS));
                add(traits, Trait.PARTITIONED, table && partitioned);
                add(traits, Trait.NESTED_PARTITIONS, !table && partitioned);
                add(traits, Trait.PARTITIONS_ELSEWHERE, elsewhere);
            });
            return found;
        }

        private static void add(Set<Trait> traits, Trait trait, boolean has) {
            if (has) {
                traits.add(trait);
            }
        }

        private List<ForeignKey> foreignKeys() {
            List<ForeignKey> found = new ArrayList<>();
            session.fetch(DistributionQueries.foreignKeys()).forEach(row -> {
                Optional<TableInfo> from = find(row.get(DistributionQueries.OID));
                Optional<TableInfo> to = find(row.get(DistributionQueries.REFERENCED));
                if (from.isPresent() && to.isPresent()) {
                    found.add(new ForeignKey(
                            new ForeignKey.Name(holder(row), name(row)),
                            new ForeignKey.Side(from.get().name(), texts(row, DistributionQueries.COLUMNS)),
                            new ForeignKey.Side(to.get().name(), texts(row, DistributionQueries.REFERENCED_COLUMNS)),
                            new ForeignKey.Actions(
                                    row.get(DistributionQueries.ON_DELETE),
                                    row.get(DistributionQueries.ON_UPDATE),
                                    ForeignKey.Deferral.valueOf(row.get(DistributionQueries.DEFERRAL)))));
                }
            });
            return List.copyOf(found);
        }

        private Map<String, Boolean> schemas() {
            Map<String, Boolean> schemas = new LinkedHashMap<>();
            session.fetch(DistributionQueries.schemas())
                    .forEach(row -> schemas.put(name(row), row.get(DistributionQueries.DISTRIBUTED)));
            return schemas;
        }

        private static String name(Record row) {
            return row.get(DistributionQueries.NAME);
        }

        private static Column column(Record row) {
            return new Column(
                    name(row),
                    row.get(DistributionQueries.TYPE),
                    row.get(DistributionQueries.GENERATED),
                    row.get(DistributionQueries.HASHABLE));
        }

        /** Returns the table or partition that a row is about. */
        private TableName holder(Record row) {
            long oid = row.get(DistributionQueries.OID);
            return Objects.requireNonNull(relations.get(oid), "a table of no query")
                    .info()
                    .name();
        }

        private ObservedTable.Key key(Record row) {
            KeyKind other = row.get(DistributionQueries.EXCLUSION) ? KeyKind.EXCLUSION : KeyKind.UNIQUE;
            return new ObservedTable.Key(
                    name(row),
                    row.get(DistributionQueries.PRIMARY) ? KeyKind.PRIMARY : other,
                    texts(row, DistributionQueries.COLUMNS),
                    texts(row, DistributionQueries.EQUAL),
                    new ObservedTable.KeyForm(
                            holder(row), row.get(DistributionQueries.CONSTRAINT), row.get(DistributionQueries.PLAIN)));
        }

        private static List<String> texts(Record row, Field<String[]> field) {
            return Arrays.stream(row.get(field))
                    .map(text -> text == null ? "" : text)
                    .toList();
        }
    }
}
