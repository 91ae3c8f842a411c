package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The settings of each project. */
public final class RegistrySetting extends CatalogTable {

    /** The table itself. */
    public static final RegistrySetting REGISTRY_SETTING = new RegistrySetting();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> value = column("value", SQLDataType.VARCHAR.notNull());

    private RegistrySetting() {
        super("citus_tenancy", "project_setting");
    }
}
