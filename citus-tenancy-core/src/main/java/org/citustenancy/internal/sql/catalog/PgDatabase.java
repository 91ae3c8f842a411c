package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The databases of a node. */
public final class PgDatabase extends CatalogTable {

    /** The table itself. */
    public static final PgDatabase PG_DATABASE = new PgDatabase();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("datname", SQLDataType.VARCHAR);

    public final TableField<Record, Long> owner = column("datdba", SQLDataType.BIGINT);

    public final TableField<Record, Boolean> template = column("datistemplate", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> allowsConnections = column("datallowconn", SQLDataType.BOOLEAN);

    public final TableField<Record, Integer> connectionLimit = column("datconnlimit", SQLDataType.INTEGER);

    public final TableField<Record, Object> acl = column("datacl", SQLDataType.OTHER);

    private PgDatabase() {
        super("pg_catalog", "pg_database");
    }
}
