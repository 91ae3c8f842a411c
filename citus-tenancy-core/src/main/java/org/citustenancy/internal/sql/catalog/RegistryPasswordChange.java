package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Changes of passwords that have begun and did not finish. */
public final class RegistryPasswordChange extends CatalogTable {

    /** The table itself. */
    public static final RegistryPasswordChange REGISTRY_PASSWORD_CHANGE = new RegistryPasswordChange();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> role = column("role_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> former = column("former_verifier", SQLDataType.VARCHAR);

    public final TableField<Record, String> verifier = column("verifier", SQLDataType.VARCHAR);

    public final TableField<Record, OffsetDateTime> begunAt =
            column("begun_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryPasswordChange() {
        super("citus_tenancy", "password_change");
    }
}
