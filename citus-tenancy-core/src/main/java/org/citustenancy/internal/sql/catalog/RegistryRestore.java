package org.citustenancy.internal.sql.catalog;

import org.jooq.Record;
import org.jooq.TableField;
import org.jooq.impl.SQLDataType;

/** The projects that are being restored, or whose restore has failed. */
public final class RegistryRestore extends CatalogTable {

    /** The table itself. */
    public static final RegistryRestore REGISTRY_RESTORE = new RegistryRestore();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    private RegistryRestore() {
        super("citus_tenancy", "unfinished_restore");
    }
}
