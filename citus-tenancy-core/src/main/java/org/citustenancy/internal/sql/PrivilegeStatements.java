package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.row;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.tables.TableName;

/**
 * Statements about privileges inside the current database, on one node. A statement about a table applies to the table
 * and to its shards on the node, so that the result does not depend on the propagation of the node's version of Citus.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-grant.html">GRANT</a>
 */
public final class PrivilegeStatements {

    private PrivilegeStatements() {}

    /**
     * Grants privileges on whole relations.
     *
     * @param citus whether the database has Citus
     * @param sequences whether the relations are sequences
     * @param role the role that gets them
     */
    public static Query grant(
            boolean citus, Collection<String> privileges, boolean sequences, List<TableName> relations, String role) {
        return onEach(
                citus,
                relations,
                DSL.sql("grant {0} on {1} ", Sql.keywords(privileges), DSL.keyword(sequences ? "sequence" : "table")),
                DSL.sql(" to {0}", identifier(role)));
    }

    /**
     * Revokes privileges on whole relations, including those on columns.
     *
     * @param citus whether the database has Citus
     * @param sequences whether the relations are sequences
     * @param role the role that loses them
     */
    public static Query revoke(
            boolean citus, Collection<String> privileges, boolean sequences, List<TableName> relations, String role) {
        return onEach(
                citus,
                relations,
                DSL.sql("revoke {0} on {1} ", Sql.keywords(privileges), DSL.keyword(sequences ? "sequence" : "table")),
                DSL.sql(" from {0}", identifier(role)));
    }

    /**
     * Grants privileges on columns of a table.
     *
     * @param citus whether the database has Citus
     * @param columns the columns by privilege
     * @param role the role that gets them
     */
    public static Query grantColumns(
            boolean citus, Map<String, ? extends Collection<String>> columns, TableName relation, String role) {
        return onEach(
                citus,
                List.of(relation),
                DSL.sql("grant {0} on table ", ofColumns(columns)),
                DSL.sql(" to {0}", identifier(role)));
    }

    /**
     * Revokes privileges on columns of a table.
     *
     * @param citus whether the database has Citus
     * @param columns the columns by privilege
     * @param role the role that loses them
     */
    public static Query revokeColumns(
            boolean citus, Map<String, ? extends Collection<String>> columns, TableName relation, String role) {
        return onEach(
                citus,
                List.of(relation),
                DSL.sql("revoke {0} on table ", ofColumns(columns)),
                DSL.sql(" from {0}", identifier(role)));
    }

    private static Query onEach(boolean citus, List<TableName> relations, QueryPart before, QueryPart after) {
        QueryPart which = select(
                        DSL.field("{0}::pg_catalog.regclass", Relations.OID).as("name"))
                .from(Relations.all(citus))
                .where(row(Relations.SCHEMA, Relations.NAME)
                        .in(relations.stream()
                                .map(each -> row(literal(each.schema()), literal(each.table())))
                                .toList()));
        return statement(
                "do {0}",
                literal(Sql.text(statement("""
                        declare
                          part record;
                        begin
                          perform pg_catalog.set_config('citus.enable_manual_changes_to_shards', 'on', true);
                          for part in {0} loop
                            execute pg_catalog.concat({1}, part.name, {2});
                          end loop;
                        end""", which, literal(Sql.text(before)), literal(Sql.text(after))))));
    }

    /**
     * Grants privileges on a schema.
     *
     * @param role the role that gets them
     */
    public static Query grantOnSchema(Collection<String> privileges, String schema, String role) {
        return statement(
                "grant {0} on schema {1} to {2}", Sql.keywords(privileges), identifier(schema), identifier(role));
    }

    /**
     * Grants CREATE on the schema {@code public}, if there is one: {@code template1} may have lost it.
     *
     * @param role the role that gets it
     */
    public static Query grantCreateOnPublic(String role) {
        return statement("do {0}", literal(Sql.text(statement("""
                        begin
                          if exists (select from pg_catalog.pg_namespace where nspname = 'public') then
                            {0};
                          end if;
                        end""", grantOnSchema(List.of("CREATE"), "public", role)))));
    }

    /** Changes the owner of a schema, without its contents. */
    public static Query changeOwner(String schema, String owner) {
        return statement("alter schema {0} owner to {1}", identifier(schema), identifier(owner));
    }

    /**
     * Revokes privileges on a schema.
     *
     * @param role the role that loses them
     */
    public static Query revokeOnSchema(Collection<String> privileges, String schema, String role) {
        return statement(
                "revoke {0} on schema {1} from {2}", Sql.keywords(privileges), identifier(schema), identifier(role));
    }

    /** Revokes CREATE on a schema from PUBLIC. */
    public static Query revokeCreateFromPublic(String schema) {
        return statement("revoke create on schema {0} from public", identifier(schema));
    }

    /**
     * Grants privileges on objects that a role will create.
     *
     * @param creator the role that creates them
     * @param schema the schema in which they will be, empty for all
     * @param kind the kind of object, in the plural
     * @param role the role that gets them
     */
    public static Query grantOnNew(
            String creator, String schema, String kind, Collection<String> privileges, String role) {
        return statement(
                "alter default privileges for role {0}{1} grant {2} on {3} to {4}",
                identifier(creator), inSchema(schema), Sql.keywords(privileges), DSL.keyword(kind), identifier(role));
    }

    /**
     * Revokes privileges on objects that a role will create.
     *
     * @param creator the role that creates them
     * @param schema the schema in which they will be, empty for all
     * @param kind the kind of object, in the plural
     * @param role the role that loses them
     */
    public static Query revokeOnNew(
            String creator, String schema, String kind, Collection<String> privileges, String role) {
        return statement(
                "alter default privileges for role {0}{1} revoke {2} on {3} from {4}",
                identifier(creator), inSchema(schema), Sql.keywords(privileges), DSL.keyword(kind), identifier(role));
    }

    /**
     * Gives all objects of a role in the current database to another role.
     *
     * @param role the current owner
     * @param heir the new owner
     */
    public static Query reassign(String role, String heir) {
        return statement("reassign owned by {0} to {1}", identifier(role), identifier(heir));
    }

    private static QueryPart inSchema(String schema) {
        return schema.isEmpty() ? DSL.sql("") : DSL.sql(" in schema {0}", identifier(schema));
    }

    private static QueryPart ofColumns(Map<String, ? extends Collection<String>> columns) {
        return DSL.list(columns.entrySet().stream()
                .map(entry -> DSL.sql(
                        "{0} ({1})",
                        DSL.keyword(entry.getKey()),
                        DSL.list(entry.getValue().stream().map(Sql::identifier).toList())))
                .toList());
    }
}
