package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The last verification of each project that found nothing wrong. */
public final class RegistryVerification extends CatalogTable {

    /** The table itself. */
    public static final RegistryVerification REGISTRY_VERIFICATION = new RegistryVerification();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> mark = column("mark", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> verifiedAt =
            column("verified_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryVerification() {
        super("citus_tenancy", "verification");
    }
}
