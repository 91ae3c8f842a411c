package org.citustenancy.internal.sql.catalog;

import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/** The sessions of a node. */
public final class PgStatActivity extends CatalogTable {

    /** The table itself. */
    public static final PgStatActivity PG_STAT_ACTIVITY = new PgStatActivity();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> pid = column("pid", SQLDataType.INTEGER);

    public final TableField<Record, String> database = column("datname", SQLDataType.VARCHAR);

    public final TableField<Record, String> user = column("usename", SQLDataType.VARCHAR);

    public final TableField<Record, String> backendType = column("backend_type", SQLDataType.VARCHAR);

    private PgStatActivity() {
        super("pg_catalog", "pg_stat_activity");
    }
}
