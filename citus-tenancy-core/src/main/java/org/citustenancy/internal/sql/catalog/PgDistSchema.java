package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The distributed schemas. */
public final class PgDistSchema extends CatalogTable {

    /** The table itself. */
    public static final PgDistSchema PG_DIST_SCHEMA = new PgDistSchema();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> schema = column("schemaid", SQLDataType.BIGINT);

    public final TableField<Record, Integer> colocation = column("colocationid", SQLDataType.INTEGER);

    private PgDistSchema() {
        super("pg_catalog", "pg_dist_schema");
    }
}
