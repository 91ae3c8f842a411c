package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The colocation groups of tables. */
public final class PgDistColocation extends CatalogTable {

    /** The table itself. */
    public static final PgDistColocation PG_DIST_COLOCATION = new PgDistColocation();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> id = column("colocationid", SQLDataType.INTEGER);

    public final TableField<Record, Integer> shards = column("shardcount", SQLDataType.INTEGER);

    private PgDistColocation() {
        super("pg_catalog", "pg_dist_colocation");
    }
}
