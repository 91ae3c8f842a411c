package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The columns of tables. */
public final class PgAttribute extends CatalogTable {

    /** The table itself. */
    public static final PgAttribute PG_ATTRIBUTE = new PgAttribute();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> relation = column("attrelid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("attname", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> number = column("attnum", SQLDataType.INTEGER);

    public final TableField<Record, Boolean> dropped = column("attisdropped", SQLDataType.BOOLEAN);

    public final TableField<Record, Object> acl = column("attacl", SQLDataType.OTHER);

    private PgAttribute() {
        super("pg_catalog", "pg_attribute");
    }
}
