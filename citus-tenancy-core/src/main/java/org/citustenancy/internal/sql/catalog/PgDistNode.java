package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The nodes that are registered in a database. */
public final class PgDistNode extends CatalogTable {

    /** The table itself. */
    public static final PgDistNode PG_DIST_NODE = new PgDistNode();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> id = column("nodeid", SQLDataType.INTEGER);

    public final TableField<Record, Integer> group = column("groupid", SQLDataType.INTEGER);

    public final TableField<Record, String> host = column("nodename", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> port = column("nodeport", SQLDataType.INTEGER);

    public final TableField<Record, String> role = column("noderole", SQLDataType.VARCHAR);

    public final TableField<Record, Boolean> active = column("isactive", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> metadata = column("hasmetadata", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> synced = column("metadatasynced", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> shards = column("shouldhaveshards", SQLDataType.BOOLEAN);

    private PgDistNode() {
        super("pg_catalog", "pg_dist_node");
    }
}
