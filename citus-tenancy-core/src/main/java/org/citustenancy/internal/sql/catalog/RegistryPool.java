package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The pools that applications have declared for each project. */
public final class RegistryPool extends CatalogTable {

    /** The table itself. */
    public static final RegistryPool REGISTRY_POOL = new RegistryPool();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> application = column("application", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> connections = column("connections", SQLDataType.INTEGER.notNull());

    public final TableField<Record, OffsetDateTime> declaredAt =
            column("declared_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryPool() {
        super("citus_tenancy", "declared_pool");
    }
}
