package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Comments on objects that all databases of a node share. */
public final class PgShdescription extends CatalogTable {

    /** The table itself. */
    public static final PgShdescription PG_SHDESCRIPTION = new PgShdescription();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> object = column("objoid", SQLDataType.BIGINT);

    public final TableField<Record, Long> catalog = column("classoid", SQLDataType.BIGINT);

    public final TableField<Record, String> text = column("description", SQLDataType.VARCHAR);

    private PgShdescription() {
        super("pg_catalog", "pg_shdescription");
    }
}
