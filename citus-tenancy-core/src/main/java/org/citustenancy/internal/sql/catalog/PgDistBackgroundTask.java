package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The tasks of the background jobs of Citus. */
public final class PgDistBackgroundTask extends CatalogTable {

    /** The table itself. */
    public static final PgDistBackgroundTask PG_DIST_BACKGROUND_TASK = new PgDistBackgroundTask();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> job = column("job_id", SQLDataType.BIGINT);

    public final TableField<Record, Long> id = column("task_id", SQLDataType.BIGINT);

    public final TableField<Record, String> status = column("status", SQLDataType.VARCHAR);

    public final TableField<Record, String> command = column("command", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> retries = column("retry_count", SQLDataType.INTEGER);

    public final TableField<Record, String> message = column("message", SQLDataType.VARCHAR);

    private PgDistBackgroundTask() {
        super("pg_catalog", "pg_dist_background_task");
    }
}
