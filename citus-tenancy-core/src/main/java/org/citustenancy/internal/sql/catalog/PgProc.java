package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Functions and procedures. */
public final class PgProc extends CatalogTable {

    /** The table itself. */
    public static final PgProc PG_PROC = new PgProc();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("proname", SQLDataType.VARCHAR);

    public final TableField<Record, Long> namespace = column("pronamespace", SQLDataType.BIGINT);

    public final TableField<Record, Long> owner = column("proowner", SQLDataType.BIGINT);

    public final TableField<Record, Object> acl = column("proacl", SQLDataType.OTHER);

    private PgProc() {
        super("pg_catalog", "pg_proc");
    }

    private PgProc(String alias, PgProc table) {
        super(alias, table);
    }

    /** Returns the same table under another name, for a statement that needs it twice. */
    public PgProc named(String alias) {
        return new PgProc(alias, this);
    }
}
