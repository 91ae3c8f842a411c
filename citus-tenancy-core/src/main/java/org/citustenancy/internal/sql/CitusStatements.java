package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.topology.Node;

/**
 * What Citus needs to know in each database.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class CitusStatements {

    private CitusStatements() {}

    /**
     * Creates an extension in the current database.
     *
     * @param extension its name
     * @return the statement
     */
    public static Query createExtension(String extension) {
        return statement("create extension if not exists {0} cascade", identifier(extension));
    }

    /**
     * Sets in the current database the name by which other nodes reach its coordinator.
     *
     * @param coordinator the coordinator
     * @return the statement
     */
    public static Query setCoordinatorHost(Node coordinator) {
        return statement(
                "select pg_catalog.citus_set_coordinator_host({0}, {1})",
                literal(coordinator.host()), literal(coordinator.port()));
    }

    /**
     * Lets shards lie on the coordinator of the current database, or keeps them away from it.
     *
     * @param coordinator the coordinator
     * @param allowed which of the two
     * @return the statement
     */
    public static Query holdShards(Node coordinator, boolean allowed) {
        return statement(
                "select pg_catalog.citus_set_node_property({0}, {1}, 'shouldhaveshards', {2})",
                literal(coordinator.host()), literal(coordinator.port()), DSL.inline(allowed));
    }

    /**
     * Registers a worker in the current database.
     *
     * @param worker the worker
     * @return the statement
     */
    public static Query addNode(Node worker) {
        return statement("select pg_catalog.citus_add_node({0}, {1})", literal(worker.host()), literal(worker.port()));
    }

    /**
     * Marks in the current database that a role is on every node, so that Citus does not try to make it there in the name of
     * the role that creates the next table.
     *
     * @param role the role
     * @return the statement
     */
    public static Query knowRole(String role) {
        return statement(
                "insert into pg_catalog.pg_dist_object (classid, objid, objsubid) "
                        + "select 'pg_catalog.pg_authid'::pg_catalog.regclass, oid, 0 from pg_catalog.pg_authid "
                        + "where rolname = {0} on conflict do nothing",
                literal(role));
    }

    /**
     * Lets the current database, which is a copy, take itself for the database that Citus knows, and not the one that it
     * was copied from.
     *
     * @return the statement
     */
    public static Query knowItself() {
        return statement("update pg_catalog.pg_dist_object set objid = "
                + "(select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()) "
                + "where classid = 'pg_catalog.pg_database'::pg_catalog.regclass");
    }

    /**
     * Removes the current database from the objects that Citus tracks, so that copies of it need no correction. Statements
     * about such a copy as a whole must then run on every node.
     *
     * @return the statement
     */
    public static Query forgetItself() {
        return statement("delete from pg_catalog.pg_dist_object "
                + "where classid = 'pg_catalog.pg_database'::pg_catalog.regclass");
    }

    /**
     * Lets the current database forget that a role is on every node, before it is dropped.
     *
     * @param role the role
     * @return the statement
     */
    public static Query forgetRole(String role) {
        return statement(
                "delete from pg_catalog.pg_dist_object "
                        + "where classid = 'pg_catalog.pg_authid'::pg_catalog.regclass "
                        + "and objid = (select oid from pg_catalog.pg_authid where rolname = {0})",
                literal(role));
    }

    /**
     * Acts as another role until the transaction ends.
     *
     * @param role the role
     * @return the statement
     */
    public static Query actAs(String role) {
        return statement("set local role {0}", identifier(role));
    }
}
