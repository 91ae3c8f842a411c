package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The distributed tables of a database. */
public final class CitusTables extends CatalogTable {

    /** The view itself. */
    public static final CitusTables CITUS_TABLES = new CitusTables();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("table_name", SQLDataType.VARCHAR);

    public final TableField<Record, String> type = column("citus_table_type", SQLDataType.VARCHAR);

    public final TableField<Record, String> distributionColumn = column("distribution_column", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> colocation = column("colocation_id", SQLDataType.INTEGER);

    public final TableField<Record, Long> shards = column("shard_count", SQLDataType.BIGINT);

    private CitusTables() {
        super("pg_catalog", "citus_tables");
    }
}
