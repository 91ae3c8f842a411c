package org.citustenancy.internal.sql.catalog;

import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/** The parameters of a server. */
public final class PgSettings extends CatalogTable {

    /** The table itself. */
    public static final PgSettings PG_SETTINGS = new PgSettings();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR);

    public final TableField<Record, String> value = column("setting", SQLDataType.VARCHAR);

    private PgSettings() {
        super("pg_catalog", "pg_settings");
    }
}
