package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The replication slots of a node. */
public final class PgReplicationSlots extends CatalogTable {

    /** The view itself. */
    public static final PgReplicationSlots PG_REPLICATION_SLOTS = new PgReplicationSlots();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("slot_name", SQLDataType.VARCHAR);

    public final TableField<Record, String> database = column("database", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> activePid = column("active_pid", SQLDataType.INTEGER);

    private PgReplicationSlots() {
        super("pg_catalog", "pg_replication_slots");
    }
}
