package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The extensions that a node could create. */
public final class PgAvailableExtensions extends CatalogTable {

    /** The view itself. */
    public static final PgAvailableExtensions PG_AVAILABLE_EXTENSIONS = new PgAvailableExtensions();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR);

    public final TableField<Record, String> version = column("default_version", SQLDataType.VARCHAR);

    private PgAvailableExtensions() {
        super("pg_catalog", "pg_available_extensions");
    }
}
