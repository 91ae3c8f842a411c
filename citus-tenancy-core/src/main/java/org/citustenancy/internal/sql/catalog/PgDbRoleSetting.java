package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Settings of databases and of roles in databases. */
public final class PgDbRoleSetting extends CatalogTable {

    /** The table itself. */
    public static final PgDbRoleSetting PG_DB_ROLE_SETTING = new PgDbRoleSetting();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> database = column("setdatabase", SQLDataType.BIGINT);

    public final TableField<Record, Long> role = column("setrole", SQLDataType.BIGINT);

    public final TableField<Record, String[]> settings = column("setconfig", SQLDataType.VARCHAR.getArrayDataType());

    private PgDbRoleSetting() {
        super("pg_catalog", "pg_db_role_setting");
    }
}
