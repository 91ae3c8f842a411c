package org.citustenancy.internal.sql.catalog;

import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The memberships of roles in other roles. */
public final class PgAuthMembers extends CatalogTable {

    /** The table itself. */
    public static final PgAuthMembers PG_AUTH_MEMBERS = new PgAuthMembers();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> role = column("roleid", SQLDataType.BIGINT);

    public final TableField<Record, Long> member = column("member", SQLDataType.BIGINT);

    private PgAuthMembers() {
        super("pg_catalog", "pg_auth_members");
    }
}
