package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The dependencies between objects of a database. */
public final class PgDepend extends CatalogTable {

    /** The table itself. */
    public static final PgDepend PG_DEPEND = new PgDepend();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> objectClass = column("classid", SQLDataType.BIGINT);

    public final TableField<Record, Long> object = column("objid", SQLDataType.BIGINT);

    public final TableField<Record, Long> referencedClass = column("refclassid", SQLDataType.BIGINT);

    public final TableField<Record, Long> referenced = column("refobjid", SQLDataType.BIGINT);

    public final TableField<Record, String> kind = column("deptype", SQLDataType.VARCHAR);

    private PgDepend() {
        super("pg_catalog", "pg_depend");
    }
}
