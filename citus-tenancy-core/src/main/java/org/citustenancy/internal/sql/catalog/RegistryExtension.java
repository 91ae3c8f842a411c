package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The extensions of each project. */
public final class RegistryExtension extends CatalogTable {

    /** The table itself. */
    public static final RegistryExtension REGISTRY_EXTENSION = new RegistryExtension();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    private RegistryExtension() {
        super("citus_tenancy", "project_extension");
    }
}
