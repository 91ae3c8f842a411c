package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The users of each project. */
public final class RegistryUser extends CatalogTable {

    /** The table itself. */
    public static final RegistryUser REGISTRY_USER = new RegistryUser();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, Integer> position = column("position", SQLDataType.INTEGER.notNull());

    public final TableField<Record, String> name = column("name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> level = column("level", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String[]> schemas =
            column("schemas", SQLDataType.VARCHAR.array().notNull());

    public final TableField<Record, Integer> connectionLimit = column("connection_limit", SQLDataType.INTEGER);

    public final TableField<Record, OffsetDateTime> validUntil =
            column("valid_until", SQLDataType.TIMESTAMPWITHTIMEZONE);

    /** Whether a password was generated that was not returned to a caller yet. */
    public final TableField<Record, Boolean> passwordPending =
            column("password_pending", SQLDataType.BOOLEAN.notNull());

    private RegistryUser() {
        super("citus_tenancy", "project_user");
    }
}
