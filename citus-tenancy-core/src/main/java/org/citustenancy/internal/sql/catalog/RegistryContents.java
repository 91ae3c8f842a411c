package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The contents of each project when they were last read for the time of its suspension. */
public final class RegistryContents extends CatalogTable {

    /** The table itself. */
    public static final RegistryContents REGISTRY_CONTENTS = new RegistryContents();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, String> project = column("project", SQLDataType.VARCHAR.notNull());

    /** The parts of the database on each node, as rows in JSON. */
    public final TableField<Record, String> storage = column("storage", SQLDataType.CLOB.notNull());

    /** The tables, as rows in JSON. */
    public final TableField<Record, String> tables = column("tables", SQLDataType.CLOB.notNull());

    /** The parts of the tables on each node, as rows in JSON. */
    public final TableField<Record, String> parts = column("parts", SQLDataType.CLOB.notNull());

    public final TableField<Record, OffsetDateTime> readAt =
            column("read_at", SQLDataType.TIMESTAMPWITHTIMEZONE.notNull());

    private RegistryContents() {
        super("citus_tenancy", "contents");
    }
}
