package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The version of the registry's own tables. */
public final class RegistryVersion extends CatalogTable {

    /** The table itself. */
    public static final RegistryVersion REGISTRY_VERSION = new RegistryVersion();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> version = column("version", SQLDataType.INTEGER.notNull());

    private RegistryVersion() {
        super("citus_tenancy", "registry_version");
    }
}
