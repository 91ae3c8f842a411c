package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The initial privileges of objects of the server or an extension, if these are not the defaults. */
public final class PgInitPrivs extends CatalogTable {

    /** The table itself. */
    public static final PgInitPrivs PG_INIT_PRIVS = new PgInitPrivs();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> object = column("objoid", SQLDataType.BIGINT);

    public final TableField<Record, Long> objectClass = column("classoid", SQLDataType.BIGINT);

    public final TableField<Record, Object> acl = column("initprivs", SQLDataType.OTHER);

    private PgInitPrivs() {
        super("pg_catalog", "pg_init_privs");
    }
}
