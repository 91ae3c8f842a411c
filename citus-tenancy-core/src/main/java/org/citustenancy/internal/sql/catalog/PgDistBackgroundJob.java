package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The background jobs of Citus. */
public final class PgDistBackgroundJob extends CatalogTable {

    /** The table itself. */
    public static final PgDistBackgroundJob PG_DIST_BACKGROUND_JOB = new PgDistBackgroundJob();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> id = column("job_id", SQLDataType.BIGINT);

    public final TableField<Record, String> state = column("state", SQLDataType.VARCHAR);

    public final TableField<Record, String> type = column("job_type", SQLDataType.VARCHAR);

    private PgDistBackgroundJob() {
        super("pg_catalog", "pg_dist_background_job");
    }
}
