package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Schemas. */
public final class PgNamespace extends CatalogTable {

    /** The table itself. */
    public static final PgNamespace PG_NAMESPACE = new PgNamespace();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("nspname", SQLDataType.VARCHAR);

    public final TableField<Record, Long> owner = column("nspowner", SQLDataType.BIGINT);

    public final TableField<Record, Object> acl = column("nspacl", SQLDataType.OTHER);

    private PgNamespace() {
        super("pg_catalog", "pg_namespace");
    }
}
