package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Tables, indexes and the like. */
public final class PgClass extends CatalogTable {

    /** The table itself. */
    public static final PgClass PG_CLASS = new PgClass();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("relname", SQLDataType.VARCHAR);

    public final TableField<Record, Long> namespace = column("relnamespace", SQLDataType.BIGINT);

    public final TableField<Record, String> kind = column("relkind", SQLDataType.VARCHAR);

    public final TableField<Record, Long> owner = column("relowner", SQLDataType.BIGINT);

    public final TableField<Record, Boolean> partition = column("relispartition", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> populated = column("relispopulated", SQLDataType.BOOLEAN);

    public final TableField<Record, Float> rows = column("reltuples", SQLDataType.REAL);

    public final TableField<Record, Object> acl = column("relacl", SQLDataType.OTHER);

    private PgClass() {
        super("pg_catalog", "pg_class");
    }

    private PgClass(String alias, PgClass table) {
        super(alias, table);
    }

    /**
     * Returns the same table under another name.
     *
     * @return a table whose columns belong to that name
     */
    public PgClass named(String alias) {
        return new PgClass(alias, this);
    }
}
