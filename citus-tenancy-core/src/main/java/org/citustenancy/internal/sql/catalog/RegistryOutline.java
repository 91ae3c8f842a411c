package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The fingerprint of each project at its last complete observation in the desired state. */
public final class RegistryOutline extends CatalogTable {

    /** The table itself. */
    public static final RegistryOutline REGISTRY_OUTLINE = new RegistryOutline();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> fingerprint = column("outline", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, String> writerVersion = column("writer_version", SQLDataType.VARCHAR.notNull());

    public final TableField<Record, OffsetDateTime> seenAt =
            column("seen_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryOutline() {
        super("citus_tenancy", "outline");
    }
}
