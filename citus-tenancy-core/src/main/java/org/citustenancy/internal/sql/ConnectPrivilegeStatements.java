package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/**
 * Statements about the CONNECT privilege of a database. In a new database PUBLIC has CONNECT and TEMPORARY.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-priv.html">Privileges</a>
 */
public final class ConnectPrivilegeStatements {

    private ConnectPrivilegeStatements() {}

    /** Revokes all privileges on a database from roles without a grant of their own. */
    public static Query revokeFromPublic(String database) {
        return statement("revoke all on database {0} from public", identifier(database));
    }

    /** Grants privileges on a database. */
    public static Query grant(Collection<String> privileges, String database, String role) {
        return statement(
                "grant {0} on database {1} to {2}", Sql.keywords(privileges), identifier(database), identifier(role));
    }

    /** Prevents new sessions of some roles. */
    public static Query revokeConnect(String database, Collection<String> roles) {
        return statement(
                "revoke connect on database {0} from {1}",
                identifier(database), DSL.list(roles.stream().map(DSL::name).toList()));
    }

    /** Revokes all privileges on a database from a role. */
    public static Query revokeAll(String database, String role) {
        return statement("revoke all on database {0} from {1}", identifier(database), identifier(role));
    }
}
