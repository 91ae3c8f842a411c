package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The connection parameters by which a node authenticates to others as a role. */
public final class PgDistAuthinfo extends CatalogTable {

    /** The table itself. */
    public static final PgDistAuthinfo PG_DIST_AUTHINFO = new PgDistAuthinfo();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> node = column("nodeid", SQLDataType.INTEGER);

    public final TableField<Record, String> role = column("rolename", SQLDataType.VARCHAR);

    public final TableField<Record, String> authinfo = column("authinfo", SQLDataType.VARCHAR);

    private PgDistAuthinfo() {
        super("pg_catalog", "pg_dist_authinfo");
    }
}
