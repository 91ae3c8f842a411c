package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;

import java.time.Instant;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.topology.Node;

/**
 * Statements for roles and their passwords, on one node.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createrole.html">CREATE ROLE</a>
 */
public final class RoleStatements {

    private RoleStatements() {}

    /** Creates a role that may log in, without a password. */
    public static Query create(String role) {
        return statement("create role {0} with login", identifier(role));
    }

    /** Creates a role that cannot log in. */
    public static Query createWithoutLogin(String role) {
        return statement("create role {0} with nologin", identifier(role));
    }

    /** Removes every attribute from a role that a role of the library does not need. */
    public static Query withoutAttributes(String role) {
        return statement(
                "alter role {0} with nologin nosuperuser nocreatedb nocreaterole nobypassrls noreplication password null",
                identifier(role));
    }

    /**
     * Revokes the membership of a role in another.
     *
     * @param role the other role
     */
    public static Query removeMember(String role, String member) {
        return statement("revoke {0} from {1}", identifier(role), identifier(member));
    }

    /** Allows an existing role to log in. */
    public static Query allowLogin(String role) {
        return statement("alter role {0} with login", identifier(role));
    }

    /**
     * Sets a password.
     *
     * @param verifier the verifier of the password, or a mask to show in its place
     * @return a statement that must not reach a log
     */
    public static Query setVerifier(String role, String verifier) {
        return statement("alter role {0} with password {1}", identifier(role), literal(verifier));
    }

    /**
     * Sets on a worker the password that the role has on the coordinator. The worker fetches the verifier itself,
     * inside a function, so that no statement contains it.
     *
     * @param coordinator the node to query
     * @return a statement for {@link NodeStatements#atomically}
     */
    public static Query copyVerifierFrom(Node coordinator, String role) {
        Query ask = select(PG_AUTHID.verifier).from(PG_AUTHID).where(PG_AUTHID.name.eq(role));
        return statement(
                """
                do {0}""",
                literal(Sql.text(statement(
                        """
                        declare
                          answer record;
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          perform pg_catalog.set_config('pg_stat_statements.track', 'none', true);
                          select r.success, r.result into strict answer
                          from pg_catalog.master_run_on_worker(array[{0}], array[{1}], array[{2}], false) as r;
                          if not answer.success then
                            raise exception 'the coordinator did not answer: %', answer.result;
                          end if;
                          execute pg_catalog.format('alter role %I with password %L', {3}, answer.result);
                        end""",
                        literal(coordinator.host()),
                        literal(coordinator.port()),
                        literal(Sql.text(ask)),
                        literal(role)))));
    }

    /**
     * Sets the connection limit of a role on a node.
     *
     * @param limit the number; -1 for no limit
     */
    public static Query limitConnections(String role, int limit) {
        return statement("alter role {0} with connection limit {1}", identifier(role), literal(limit));
    }

    /** Sets the time until which a role's password is accepted. */
    public static Query validUntil(String role, Instant moment) {
        return statement("alter role {0} with valid until {1}", identifier(role), literal(moment.toString()));
    }

    /**
     * Sets a parameter with which every new session of a role in a database starts.
     *
     * @param setting the parameter
     * @param elements its value, or values if it is a list
     */
    public static Query set(String role, String database, String setting, List<String> elements) {
        return statement(
                "alter role {0} in database {1} set {2} = {3}",
                identifier(role),
                identifier(database),
                DSL.name(setting.split("\\.", -1)),
                DSL.list(elements.stream().map(Sql::literal).toList()));
    }

    /** Resets every parameter of a role in a database. */
    public static Query resetAll(String role, String database) {
        return statement("alter role {0} in database {1} reset all", identifier(role), identifier(database));
    }

    /** Drops a role. */
    public static Query drop(String role) {
        return statement("drop role if exists {0}", identifier(role));
    }
}
