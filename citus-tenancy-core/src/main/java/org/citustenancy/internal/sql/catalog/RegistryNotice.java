package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** What the last verification of each project reported for information. */
public final class RegistryNotice extends CatalogTable {

    /** The table itself. */
    public static final RegistryNotice REGISTRY_NOTICE = new RegistryNotice();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> position = column("position", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> place = column("place", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> what = column("what", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> action = column("action", SQLDataType.VARCHAR.notNull());

    private RegistryNotice() {
        super("citus_tenancy", "notice");
    }
}
