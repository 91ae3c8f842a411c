package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgPreparedXacts.PG_PREPARED_XACTS;

import java.util.List;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.tables.TableName;

/**
 * Statements that read the rows of all nodes in one consistent snapshot.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">Snapshot
 *     Synchronization Functions</a>
 */
public final class SnapshotStatements {

    /** The name of an exported snapshot. */
    public static final Field<String> SNAPSHOT = field(name("snapshot"), SQLDataType.VARCHAR);

    private SnapshotStatements() {}

    /**
     * Sets the output formats of values, overriding the database and the role, so that every server parses them in the
     * same way.
     */
    public static ResultQuery<? extends Record> portableValues() {
        return select(
                Functions.setForSession("datestyle", "ISO, YMD"),
                Functions.setForSession("intervalstyle", "postgres"),
                Functions.setForSession("timezone", "UTC"),
                Functions.setForSession("extra_float_digits", "3"),
                Functions.setForSession("bytea_output", "hex"),
                Functions.setForSession("xmloption", "content"),
                Functions.setForSession("synchronize_seqscans", "off"),
                Functions.setForSession("row_security", "off"));
    }

    /** Makes the current transaction use a single snapshot. Must be its first statement. */
    public static Query seeOneMoment() {
        return statement("set transaction isolation level repeatable read, read only");
    }

    /**
     * Exports the snapshot of the current transaction, for other sessions to use until it ends.
     *
     * @return a query to fetch, with {@link #SNAPSHOT}
     */
    public static ResultQuery<? extends Record> export() {
        return select(Functions.call("pg_export_snapshot", SQLDataType.VARCHAR).as(SNAPSHOT));
    }

    /**
     * Makes the current transaction use the snapshot of another one. Must be the next after {@link #seeOneMoment()}.
     *
     * @param snapshot the result of {@link #export()} on the same node
     */
    public static Query seeTheSame(String snapshot) {
        return statement("set transaction snapshot {0}", literal(snapshot));
    }

    /**
     * Returns transactions of Citus that are prepared in the current database, and neither committed nor rolled back.
     *
     * @return a row per transaction
     */
    public static Select<?> undecided() {
        return select(PG_PREPARED_XACTS.gid)
                .from(PG_PREPARED_XACTS)
                .where(PG_PREPARED_XACTS.database.eq(Functions.currentDatabase()))
                .and(PG_PREPARED_XACTS.gid.like(inline("citus\\_%")));
    }

    /** Commits or rolls back the transactions among them that this node began. */
    public static ResultQuery<? extends Record> decide() {
        return select(field("pg_catalog.recover_prepared_transactions()"));
    }

    /**
     * Limits the time of every statement of the session, across transactions.
     *
     * @param milliseconds the time, zero for no bound
     */
    public static ResultQuery<? extends Record> lastingPatience(long milliseconds) {
        return select(Functions.setForSession("statement_timeout", Long.toString(milliseconds)));
    }

    /**
     * Limits how long every statement of the session waits for a lock, across transactions.
     *
     * @param milliseconds the time, zero for no bound
     */
    public static ResultQuery<? extends Record> lockPatience(long milliseconds) {
        return select(Functions.setForSession("lock_timeout", Long.toString(milliseconds)));
    }

    /**
     * Reads the rows of a table or shard.
     *
     * @param columns the columns, in the order of the output; all if there is none
     * @return a copy, as text that any version can read
     */
    public static Query copyOut(String schema, String relation, List<String> columns) {
        return columns.isEmpty()
                ? statement("copy {0} to stdout", name(schema, relation))
                : statement("copy {0} ({1}) to stdout", name(schema, relation), list(columns));
    }

    /**
     * Reads the rows of a table through the coordinator.
     *
     * @param columns the columns, in the order of the output; all if there is none
     * @return a copy, as text that any version can read
     */
    public static Query copyOut(TableName table, List<String> columns) {
        return copyOut(table.schema(), table.table(), columns);
    }

    /**
     * Writes the rows of a table.
     *
     * @param columns the columns, in the order of the input; all if there is none
     * @return a copy, from the output of {@link #copyOut(String, String, List)}
     */
    public static Query copyIn(TableName table, List<String> columns) {
        return columns.isEmpty()
                ? statement("copy {0} from stdin", name(table.schema(), table.table()))
                : statement("copy {0} ({1}) from stdin", name(table.schema(), table.table()), list(columns));
    }

    private static Field<?> list(List<String> columns) {
        return field("{0}", DSL.list(columns.stream().map(DSL::name).toList()));
    }
}
