package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The default privileges on new objects. */
public final class PgDefaultAcl extends CatalogTable {

    /** The table itself. */
    public static final PgDefaultAcl PG_DEFAULT_ACL = new PgDefaultAcl();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> role = column("defaclrole", SQLDataType.BIGINT);

    public final TableField<Record, Long> namespace = column("defaclnamespace", SQLDataType.BIGINT);

    public final TableField<Record, String> type = column("defaclobjtype", SQLDataType.VARCHAR);

    public final TableField<Record, Object> acl = column("defaclacl", SQLDataType.OTHER);

    private PgDefaultAcl() {
        super("pg_catalog", "pg_default_acl");
    }
}
