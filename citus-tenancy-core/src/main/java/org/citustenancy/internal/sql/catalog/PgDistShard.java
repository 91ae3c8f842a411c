package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The shards of distributed tables. */
public final class PgDistShard extends CatalogTable {

    /** The table itself. */
    public static final PgDistShard PG_DIST_SHARD = new PgDistShard();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> relation = column("logicalrelid", SQLDataType.BIGINT);

    public final TableField<Record, Long> id = column("shardid", SQLDataType.BIGINT);

    public final TableField<Record, String> first = column("shardminvalue", SQLDataType.VARCHAR);

    public final TableField<Record, String> last = column("shardmaxvalue", SQLDataType.VARCHAR);

    private PgDistShard() {
        super("pg_catalog", "pg_dist_shard");
    }
}
