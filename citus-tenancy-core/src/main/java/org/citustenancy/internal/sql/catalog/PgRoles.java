package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The roles of a node, in a view that every role may read. */
public final class PgRoles extends CatalogTable {

    /** The view itself. */
    public static final PgRoles PG_ROLES = new PgRoles();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("rolname", SQLDataType.VARCHAR);

    public final TableField<Record, Boolean> superuser = column("rolsuper", SQLDataType.BOOLEAN);

    public final TableField<Record, Integer> connectionLimit = column("rolconnlimit", SQLDataType.INTEGER);

    private PgRoles() {
        super("pg_catalog", "pg_roles");
    }
}
