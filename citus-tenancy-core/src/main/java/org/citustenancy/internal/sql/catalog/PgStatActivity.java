package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The sessions of a node. */
public final class PgStatActivity extends CatalogTable {

    /** The view itself. */
    public static final PgStatActivity PG_STAT_ACTIVITY = new PgStatActivity();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> pid = column("pid", SQLDataType.INTEGER);

    public final TableField<Record, String> database = column("datname", SQLDataType.VARCHAR);

    public final TableField<Record, String> user = column("usename", SQLDataType.VARCHAR);

    public final TableField<Record, String> application = column("application_name", SQLDataType.VARCHAR);

    public final TableField<Record, OffsetDateTime> transactionStart =
            column("xact_start", SQLDataType.TIMESTAMPWITHTIMEZONE);

    public final TableField<Record, OffsetDateTime> queryStart =
            column("query_start", SQLDataType.TIMESTAMPWITHTIMEZONE);

    public final TableField<Record, String> waitType = column("wait_event_type", SQLDataType.VARCHAR);

    public final TableField<Record, String> waitEvent = column("wait_event", SQLDataType.VARCHAR);

    public final TableField<Record, String> state = column("state", SQLDataType.VARCHAR);

    public final TableField<Record, String> query = column("query", SQLDataType.VARCHAR);

    public final TableField<Record, String> backendType = column("backend_type", SQLDataType.VARCHAR);

    private PgStatActivity() {
        super("pg_catalog", "pg_stat_activity");
    }

    private PgStatActivity(String alias, PgStatActivity table) {
        super(alias, table);
    }

    /**
     * Returns the same view under another name.
     *
     * @return a view whose columns belong to that name
     */
    public PgStatActivity named(String alias) {
        return new PgStatActivity(alias, this);
    }
}
