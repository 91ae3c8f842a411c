package org.citustenancy.internal.sql.catalog;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.TableField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** The roles of a node, with their verifiers. */
public final class PgAuthid extends CatalogTable {

    /** The table itself. */
    public static final PgAuthid PG_AUTHID = new PgAuthid();

    private static final long serialVersionUID = 1L;

    public final TableField<Record, Long> oid = column("oid", SQLDataType.BIGINT);

    public final TableField<Record, String> name = column("rolname", SQLDataType.VARCHAR);

    public final TableField<Record, Boolean> superuser = column("rolsuper", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> createsDatabases = column("rolcreatedb", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> createsRoles = column("rolcreaterole", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> bypassesRowSecurity = column("rolbypassrls", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> replicates = column("rolreplication", SQLDataType.BOOLEAN);

    public final TableField<Record, Boolean> login = column("rolcanlogin", SQLDataType.BOOLEAN);

    public final TableField<Record, String> verifier = column("rolpassword", SQLDataType.VARCHAR);

    public final TableField<Record, Integer> connectionLimit = column("rolconnlimit", SQLDataType.INTEGER);

    public final TableField<Record, OffsetDateTime> validUntil =
            column("rolvaliduntil", SQLDataType.TIMESTAMPWITHTIMEZONE);

    private PgAuthid() {
        super("pg_catalog", "pg_authid");
    }

    private PgAuthid(String alias, PgAuthid table) {
        super(alias, table);
    }

    /**
     * Returns the same table under another name.
     *
     * @return a table whose columns belong to that name
     */
    public PgAuthid named(String alias) {
        return new PgAuthid(alias, this);
    }
}
