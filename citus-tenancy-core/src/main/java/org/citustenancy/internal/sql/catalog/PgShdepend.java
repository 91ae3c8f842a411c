package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The dependencies on roles and other shared objects, over all databases. */
public final class PgShdepend extends CatalogTable {

    /** The table itself. */
    public static final PgShdepend PG_SHDEPEND = new PgShdepend();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> database = column("dbid", SQLDataType.BIGINT);

    public final TableField<Record, Long> referencedClass = column("refclassid", SQLDataType.BIGINT);

    public final TableField<Record, Long> referenced = column("refobjid", SQLDataType.BIGINT);

    public final TableField<Record, Long> dependentClass = column("classid", SQLDataType.BIGINT);

    public final TableField<Record, Long> dependent = column("objid", SQLDataType.BIGINT);

    public final TableField<Record, String> kind = column("deptype", SQLDataType.VARCHAR);

    private PgShdepend() {
        super("pg_catalog", "pg_shdepend");
    }
}
