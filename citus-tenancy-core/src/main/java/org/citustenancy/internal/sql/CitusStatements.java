package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.update;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistObject.PG_DIST_OBJECT;

import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.topology.Node;

/**
 * Statements that change the metadata of Citus in each database.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class CitusStatements {

    private CitusStatements() {}

    /** Creates an extension in the current database. */
    public static Query createExtension(String extension) {
        return statement("create extension if not exists {0} cascade", identifier(extension));
    }

    /** Sets in the current database the address by which other nodes reach its coordinator. */
    public static Query setCoordinatorHost(Node coordinator) {
        return Functions.run("citus_set_coordinator_host", literal(coordinator.host()), literal(coordinator.port()));
    }

    /**
     * Allows or forbids shards on the coordinator of the current database.
     *
     * @param allowed whether to allow them
     */
    public static Query holdShards(Node coordinator, boolean allowed) {
        return Functions.run(
                "citus_set_node_property",
                literal(coordinator.host()),
                literal(coordinator.port()),
                literal("shouldhaveshards"),
                inline(allowed));
    }

    /** Registers a worker in the current database. */
    public static Query addNode(Node worker) {
        return Functions.run("citus_add_node", literal(worker.host()), literal(worker.port()));
    }

    /** Registers a standby in the current database as a secondary of a node. */
    public static Query addSecondary(Node secondary, Node primary) {
        return Functions.run(
                "citus_add_secondary_node",
                literal(secondary.host()),
                literal(secondary.port()),
                literal(primary.host()),
                literal(primary.port()));
    }

    /**
     * Registers in the current database that a role exists on every node, so that Citus does not try to create it there
     * in the name of the role that creates the next table.
     */
    public static Query knowRole(String role) {
        return insertInto(PG_DIST_OBJECT, PG_DIST_OBJECT.objectClass, PG_DIST_OBJECT.object, PG_DIST_OBJECT.part)
                .select(select(PG_AUTHID.regclass(), PG_AUTHID.oid, inline(0))
                        .from(PG_AUTHID)
                        .where(PG_AUTHID.name.eq(literal(role))))
                .onConflictDoNothing();
    }

    /**
     * Corrects the metadata of the current database, which is a copy, so that Citus identifies it as itself and not as
     * the database that it was copied from.
     */
    public static Query knowItself() {
        return update(PG_DIST_OBJECT)
                .set(
                        PG_DIST_OBJECT.object,
                        select(PG_DATABASE.oid)
                                .from(PG_DATABASE)
                                .where(PG_DATABASE.name.eq(Functions.currentDatabase())))
                .where(PG_DIST_OBJECT.objectClass.eq(PG_DATABASE.regclass()));
    }

    /**
     * Removes the current database from the objects that Citus tracks, so that copies of it need no correction.
     * Statements about such a copy as a whole must then run on every node.
     */
    public static Query forgetItself() {
        return deleteFrom(PG_DIST_OBJECT).where(PG_DIST_OBJECT.objectClass.eq(PG_DATABASE.regclass()));
    }

    /**
     * Removes from the current database the registration of a role as present on every node, before the role is
     * dropped.
     */
    public static Query forgetRole(String role) {
        return deleteFrom(PG_DIST_OBJECT)
                .where(PG_DIST_OBJECT.objectClass.eq(PG_AUTHID.regclass()))
                .and(PG_DIST_OBJECT.object.eq(
                        select(PG_AUTHID.oid).from(PG_AUTHID).where(PG_AUTHID.name.eq(literal(role)))));
    }

    /** Sets another role until the transaction ends. */
    public static Query actAs(String role) {
        return statement("set local role {0}", identifier(role));
    }
}
