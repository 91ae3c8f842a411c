package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The extensions of a database. */
public final class PgExtension extends CatalogTable {

    /** The table itself. */
    public static final PgExtension PG_EXTENSION = new PgExtension();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("extname", SQLDataType.VARCHAR);

    public final TableField<Record, Long> owner = column("extowner", SQLDataType.BIGINT);

    public final TableField<Record, Long> namespace = column("extnamespace", SQLDataType.BIGINT);

    public final TableField<Record, String> version = column("extversion", SQLDataType.VARCHAR);

    private PgExtension() {
        super("pg_catalog", "pg_extension");
    }
}
