package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The verifiers of former passwords of users. */
public final class RegistryFormerPassword extends CatalogTable {

    /** The table itself. */
    public static final RegistryFormerPassword REGISTRY_FORMER_PASSWORD = new RegistryFormerPassword();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> role = column("role_name", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> verifier = column("verifier", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> replacedAt =
            column("replaced_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryFormerPassword() {
        super("citus_tenancy", "former_password");
    }
}
