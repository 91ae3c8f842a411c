package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The view with the counters of a node for each tenant of a database's distributed tables. */
public final class CitusStatTenantsLocal extends CatalogTable {

    /** The view itself. */
    public static final CitusStatTenantsLocal CITUS_STAT_TENANTS_LOCAL = new CitusStatTenantsLocal();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Integer> colocation = column("colocation_id", SQLDataType.INTEGER);

    public final TableField<Record, String> tenant = column("tenant_attribute", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> readsNow = column("read_count_in_this_period", SQLDataType.INTEGER);

    public final TableField<Record, Integer> readsBefore = column("read_count_in_last_period", SQLDataType.INTEGER);

    public final TableField<Record, Integer> queriesNow = column("query_count_in_this_period", SQLDataType.INTEGER);

    public final TableField<Record, Integer> queriesBefore = column("query_count_in_last_period", SQLDataType.INTEGER);

    public final TableField<Record, Double> secondsNow = column("cpu_usage_in_this_period", SQLDataType.DOUBLE);

    public final TableField<Record, Double> secondsBefore = column("cpu_usage_in_last_period", SQLDataType.DOUBLE);

    private CitusStatTenantsLocal() {
        super("pg_catalog", "citus_stat_tenants_local");
    }
}
