package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The counters of a node for each database. */
public final class PgStatDatabase extends CatalogTable {

    /** The view itself. */
    public static final PgStatDatabase PG_STAT_DATABASE = new PgStatDatabase();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> database = column("datid", SQLDataType.BIGINT);

    public final TableField<Record, Long> commits = column("xact_commit", SQLDataType.BIGINT);

    public final TableField<Record, Long> inserted = column("tup_inserted", SQLDataType.BIGINT);

    public final TableField<Record, Long> updated = column("tup_updated", SQLDataType.BIGINT);

    public final TableField<Record, Long> deleted = column("tup_deleted", SQLDataType.BIGINT);

    public final TableField<Record, Long> rollbacks = column("xact_rollback", SQLDataType.BIGINT);

    public final TableField<Record, Long> blocksRead = column("blks_read", SQLDataType.BIGINT);

    public final TableField<Record, Long> blocksHit = column("blks_hit", SQLDataType.BIGINT);

    public final TableField<Record, Long> temporaryFiles = column("temp_files", SQLDataType.BIGINT);

    public final TableField<Record, Long> temporaryBytes = column("temp_bytes", SQLDataType.BIGINT);

    public final TableField<Record, Long> deadlocks = column("deadlocks", SQLDataType.BIGINT);

    public final TableField<Record, OffsetDateTime> resetAt = column("stats_reset", SQLDataType.TIMESTAMPWITHTIMEZONE);

    private PgStatDatabase() {
        super("pg_catalog", "pg_stat_database");
    }
}
