package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The last known server of each node group. Every node has this table in its maintenance database. */
public final class RegistryServer extends CatalogTable {

    /** The table itself. */
    public static final RegistryServer REGISTRY_SERVER = new RegistryServer();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> group = column("group_id", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> system = column("system_identifier", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> timeline = column("timeline", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> seenAt =
            column("seen_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryServer() {
        super("citus_tenancy", "server");
    }
}
