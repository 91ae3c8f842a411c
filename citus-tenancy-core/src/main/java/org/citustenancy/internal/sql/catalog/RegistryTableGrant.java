package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The tables of the table users of each project. */
public final class RegistryTableGrant extends CatalogTable {

    /** The table itself. */
    public static final RegistryTableGrant REGISTRY_TABLE_GRANT = new RegistryTableGrant();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> user = column("user_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> position = column("position", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> schema = column("schema_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> table = column("table_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String[]> privileges =
            column("privileges", SQLDataType.VARCHAR.array().notNull());

    public final TableField<Record, String[]> columns =
            column("columns", SQLDataType.VARCHAR.array().notNull());

    private RegistryTableGrant() {
        super("citus_tenancy", "project_table_grant");
    }
}
