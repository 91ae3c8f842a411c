package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The distribution of tables. */
public final class PgDistPartition extends CatalogTable {

    /** The table itself. */
    public static final PgDistPartition PG_DIST_PARTITION = new PgDistPartition();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> relation = column("logicalrelid", SQLDataType.BIGINT);

    public final TableField<Record, String> method = column("partmethod", SQLDataType.VARCHAR);

    public final TableField<Record, String> key = column("partkey", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> colocation = column("colocationid", SQLDataType.INTEGER);

    public final TableField<Record, String> replication = column("repmodel", SQLDataType.VARCHAR);

    private PgDistPartition() {
        super("pg_catalog", "pg_dist_partition");
    }
}
