package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The rules for the distribution of each project's tables. */
public final class RegistryDistributionRule extends CatalogTable {

    /** The table itself. */
    public static final RegistryDistributionRule REGISTRY_DISTRIBUTION_RULE = new RegistryDistributionRule();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> position = column("position", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> kind = column("kind", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> subject = column("subject", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> column = column("column_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> colocatedSchema = column("colocated_schema", SQLDataType.VARCHAR);

    public final TableField<Record, String> colocatedTable = column("colocated_table", SQLDataType.VARCHAR);

    public final TableField<Record, Boolean> alone = column("alone", SQLDataType.BOOLEAN.notNull());

    public final TableField<Record, Integer> shardCount = column("shard_count", SQLDataType.INTEGER);

    private RegistryDistributionRule() {
        super("citus_tenancy", "distribution_rule");
    }
}
