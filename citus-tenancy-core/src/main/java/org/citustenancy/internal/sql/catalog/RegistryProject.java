package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The projects that are managed here. */
public final class RegistryProject extends CatalogTable {

    /** The table itself. */
    public static final RegistryProject REGISTRY_PROJECT = new RegistryProject();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> state = column("state", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> connectionLimit = column("connection_limit", SQLDataType.INTEGER);

    public final TableField<Record, String> nodeAuthentication =
            column("node_authentication", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> createdAt =
            column("created_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    public final TableField<Record, OffsetDateTime> changedAt =
            column("changed_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    public final TableField<Record, String> writerVersion = column("library_version", SQLDataType.VARCHAR.notNull());

    private RegistryProject() {
        super("citus_tenancy", "project");
    }
}
