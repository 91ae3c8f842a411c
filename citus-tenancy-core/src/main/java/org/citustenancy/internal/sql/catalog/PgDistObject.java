package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The objects that Citus has registered as present on every node. */
public final class PgDistObject extends CatalogTable {

    /** The table itself. */
    public static final PgDistObject PG_DIST_OBJECT = new PgDistObject();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> objectClass = column("classid", SQLDataType.BIGINT);

    public final TableField<Record, Long> object = column("objid", SQLDataType.BIGINT);

    public final TableField<Record, Integer> part = column("objsubid", SQLDataType.INTEGER);

    public final TableField<Record, Integer> argument = column("distribution_argument_index", SQLDataType.INTEGER);

    public final TableField<Record, Integer> colocation = column("colocationid", SQLDataType.INTEGER);

    public final TableField<Record, Boolean> forced = column("force_delegation", SQLDataType.BOOLEAN);

    private PgDistObject() {
        super("pg_catalog", "pg_dist_object");
    }
}
