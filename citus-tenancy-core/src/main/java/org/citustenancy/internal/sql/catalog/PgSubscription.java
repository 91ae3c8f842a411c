package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The subscriptions of all databases of a node. */
public final class PgSubscription extends CatalogTable {

    /** The table itself. */
    public static final PgSubscription PG_SUBSCRIPTION = new PgSubscription();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> database = column("subdbid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("subname", SQLDataType.VARCHAR);

    private PgSubscription() {
        super("pg_catalog", "pg_subscription");
    }
}
