package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The settings of the users of each project. */
public final class RegistryUserSetting extends CatalogTable {

    /** The table itself. */
    public static final RegistryUserSetting REGISTRY_USER_SETTING = new RegistryUserSetting();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> user = column("user_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> value = column("value", SQLDataType.VARCHAR.notNull());

    private RegistryUserSetting() {
        super("citus_tenancy", "project_user_setting");
    }
}
