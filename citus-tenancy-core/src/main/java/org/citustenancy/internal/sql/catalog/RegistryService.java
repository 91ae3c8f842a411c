package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The long-running services of this library, each with the time until which it counts as alive. */
public final class RegistryService extends CatalogTable {

    /** The table itself. */
    public static final RegistryService REGISTRY_SERVICE = new RegistryService();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> aliveUntil =
            column("alive_until", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryService() {
        super("citus_tenancy", "service");
    }
}
