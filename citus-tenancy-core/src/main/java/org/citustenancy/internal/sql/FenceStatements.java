package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;

import java.util.Collection;
import java.util.Set;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.tables.TableName;

/** Blocks every statement on a project's distributed tables, on all nodes, for a short time. */
public final class FenceStatements {

    /**
     * The SQLSTATEs of a statement that other sessions block beyond {@link #timeLimit}: no lock, deadlock, cancelled.
     */
    public static final Set<String> BUSY = Set.of("55P03", "40P01", "57014");

    private FenceStatements() {}

    /**
     * Returns the distributed tables of the current database.
     *
     * @return a row per table, with {@link TableQueries#SCHEMA} and {@link TableQueries#TABLE}
     */
    public static ResultQuery<? extends Record> tables() {
        return select(PG_NAMESPACE.name.as(TableQueries.SCHEMA), PG_CLASS.name.as(TableQueries.TABLE))
                .from(PG_DIST_PARTITION)
                .join(PG_CLASS)
                .on(PG_CLASS.oid.eq(PG_DIST_PARTITION.relation))
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .orderBy(PG_NAMESPACE.name, PG_CLASS.name);
    }

    /**
     * Limits how long the next statements of the transaction wait for a lock on this node. Citus does not propagate the
     * limit to the other nodes.
     *
     * @param milliseconds the time
     */
    public static ResultQuery<? extends Record> lockTimeout(int milliseconds) {
        return select(Functions.setForTransaction("lock_timeout", Integer.toString(milliseconds)));
    }

    /**
     * Limits how long the next statements of the transaction may take, including all waits on other nodes and
     * connections to them.
     *
     * @param milliseconds the time, zero for no bound
     */
    public static ResultQuery<? extends Record> timeLimit(long milliseconds) {
        return select(Functions.setForTransaction("statement_timeout", Long.toString(milliseconds)));
    }

    /**
     * Waits until no transaction uses the tables, and blocks new ones before the transaction ends.
     *
     * @param tables the tables, at least one
     * @return the statement, which Citus propagates to the other nodes
     */
    public static Query close(Collection<TableName> tables) {
        return lock(tables, "access exclusive");
    }

    /**
     * Waits until no uncommitted transaction has changed the tables, and blocks changes before the transaction ends.
     *
     * @param tables the tables, at least one
     * @return the statement, which Citus propagates to the other nodes
     */
    public static Query keepWritersOut(Collection<TableName> tables) {
        return lock(tables, "share");
    }

    /**
     * Prevents that tables are truncated, dropped or altered before the transaction ends.
     *
     * @param tables the tables, at least one
     */
    public static Query keepTables(Collection<TableName> tables) {
        return lock(tables, "access share");
    }

    private static Query lock(Collection<TableName> tables, String mode) {
        return statement(
                "lock table {0} in {1} mode",
                DSL.list(tables.stream()
                        .map(table -> DSL.name(table.schema(), table.table()))
                        .toList()),
                DSL.keyword(mode));
    }
}
