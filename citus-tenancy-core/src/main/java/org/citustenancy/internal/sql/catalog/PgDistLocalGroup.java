package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The group of the node itself: one row. */
public final class PgDistLocalGroup extends CatalogTable {

    /** The table itself. */
    public static final PgDistLocalGroup PG_DIST_LOCAL_GROUP = new PgDistLocalGroup();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> group = column("groupid", SQLDataType.INTEGER);

    private PgDistLocalGroup() {
        super("pg_catalog", "pg_dist_local_group");
    }
}
