package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The prepared transactions of a node. */
public final class PgPreparedXacts extends CatalogTable {

    /** The view itself. */
    public static final PgPreparedXacts PG_PREPARED_XACTS = new PgPreparedXacts();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> gid = column("gid", SQLDataType.VARCHAR);

    public final TableField<Record, String> database = column("database", SQLDataType.VARCHAR);

    public final TableField<Record, String> owner = column("owner", SQLDataType.VARCHAR);

    public final TableField<Record, OffsetDateTime> preparedAt = column("prepared", SQLDataType.TIMESTAMPWITHTIMEZONE);

    private PgPreparedXacts() {
        super("pg_catalog", "pg_prepared_xacts");
    }
}
