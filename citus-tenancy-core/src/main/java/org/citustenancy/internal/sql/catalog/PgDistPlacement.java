package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The placements of shards on nodes. */
public final class PgDistPlacement extends CatalogTable {

    /** The table itself. */
    public static final PgDistPlacement PG_DIST_PLACEMENT = new PgDistPlacement();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> shard = column("shardid", SQLDataType.BIGINT);

    public final TableField<Record, Integer> group = column("groupid", SQLDataType.INTEGER);

    private PgDistPlacement() {
        super("pg_catalog", "pg_dist_placement");
    }
}
