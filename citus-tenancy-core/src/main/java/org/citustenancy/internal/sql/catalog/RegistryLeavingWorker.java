package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The workers whose removal has begun and has not ended. */
public final class RegistryLeavingWorker extends CatalogTable {

    /** The table itself. */
    public static final RegistryLeavingWorker REGISTRY_LEAVING_WORKER = new RegistryLeavingWorker();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> host = column("host", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> port = column("port", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> system = column("system_identifier", SQLDataType.VARCHAR.null_());

    public final TableField<Record, OffsetDateTime> since =
            column("since", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryLeavingWorker() {
        super("citus_tenancy", "leaving_worker");
    }
}
