package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.exists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.noCondition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.when;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgAvailableExtensions.PG_AVAILABLE_EXTENSIONS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;

import java.util.Collection;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Record2;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the coordinator about itself and its cluster. */
public final class ClusterQueries {

    /** Whether the session's role is a superuser. */
    public static final Field<Boolean> SUPERUSER = field(name("superuser"), SQLDataType.BOOLEAN);

    /** Whether Citus is loaded into the server. */
    public static final Field<Boolean> PRELOADED = field(name("preloaded"), SQLDataType.BOOLEAN);

    /** Whether Citus is installed on the server. */
    public static final Field<Boolean> INSTALLED = field(name("installed"), SQLDataType.BOOLEAN);

    /** Whether the current database belongs to a project or template. */
    public static final Field<Boolean> OF_PROJECT = field(name("of_project"), SQLDataType.BOOLEAN);

    /** The version of Citus in the current database, null if it has none. */
    public static final Field<String> CITUS = field(name("citus"), SQLDataType.VARCHAR);

    /** The port on which the server listens. */
    public static final Field<Integer> PORT = field(name("port"), SQLDataType.INTEGER);

    /** The group of the node that answers. */
    public static final Field<Integer> OWN_GROUP = field(name("own_group"), SQLDataType.INTEGER);

    /** The host of the node that opened the connection. */
    public static final Field<String> FROM_HOST = field(name("from_nodename"), SQLDataType.VARCHAR);

    /** Its port. */
    public static final Field<Integer> FROM_PORT = field(name("from_nodeport"), SQLDataType.INTEGER);

    /** The host of the node to which the connection was opened. */
    public static final Field<String> TO_HOST = field(name("to_nodename"), SQLDataType.VARCHAR);

    /** Its port. */
    public static final Field<Integer> TO_PORT = field(name("to_nodeport"), SQLDataType.INTEGER);

    /** Whether it answered. */
    public static final Field<Boolean> CONNECTED = field(name("result"), SQLDataType.BOOLEAN);

    private static final Param<String> CITUS_NAME = inline("citus");

    private ClusterQueries() {}

    /**
     * Checks whether each node reaches each other node.
     *
     * @return a row per pair
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-check-cluster-node-health">
     *     citus_check_cluster_node_health</a>
     */
    public static ResultQuery<? extends Record> connectivity() {
        return select(FROM_HOST, FROM_PORT, TO_HOST, TO_PORT, CONNECTED)
                .from("pg_catalog.citus_check_cluster_node_health()");
    }

    /**
     * Returns the prerequisites of all operations.
     *
     * @return one row with the fields of this class
     */
    public static ResultQuery<? extends Record> premises() {
        return select(
                field(exists(selectOne()
                                .from(PG_DATABASE)
                                .join(PG_ROLES)
                                .on(PG_ROLES.oid.eq(PG_DATABASE.owner))
                                .where(PG_DATABASE.name.eq(Functions.currentDatabase()))
                                .and(PG_ROLES.name.eq(inline(LibraryRoles.OWNER)))))
                        .as(OF_PROJECT),
                field("pg_catalog.current_setting('is_superuser')::pg_catalog.bool", Boolean.class)
                        .as(SUPERUSER),
                // Other roles may not read this setting.
                field(
                                "case when pg_catalog.current_setting('is_superuser')::pg_catalog.bool then "
                                        + "'citus' = any (pg_catalog.regexp_split_to_array("
                                        + "pg_catalog.current_setting('shared_preload_libraries'), '[\\s,\"]+')) end",
                                Boolean.class)
                        .as(PRELOADED),
                // An extension in the database is installed; otherwise the server reads the files of all extensions.
                when(exists(selectOne().from(PG_EXTENSION).where(PG_EXTENSION.name.eq(CITUS_NAME))), inline(true))
                        .otherwise(field(exists(selectOne()
                                .from(PG_AVAILABLE_EXTENSIONS)
                                .where(PG_AVAILABLE_EXTENSIONS.name.eq(CITUS_NAME)))))
                        .as(INSTALLED),
                field(select(PG_EXTENSION.version).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(CITUS_NAME)))
                        .as(CITUS),
                field("pg_catalog.current_setting('port')::pg_catalog.int4", Integer.class)
                        .as(PORT));
    }

    /**
     * Returns the nodes registered in the current database, by number.
     *
     * @return a row per primary node
     */
    public static ResultQuery<? extends Record> nodes() {
        return select(PG_DIST_NODE.group, PG_DIST_NODE.host, PG_DIST_NODE.port, PG_DIST_NODE.shards)
                .from(PG_DIST_NODE)
                .where(isPrimary())
                .orderBy(PG_DIST_NODE.id);
    }

    /**
     * Returns all registered servers with the group of the queried node, which is 0 on the coordinator.
     *
     * @return a row per primary and secondary with {@link #OWN_GROUP}, or one without a server if there is none
     */
    public static ResultQuery<? extends Record> nodesAndOwnGroup() {
        return select(
                        PG_DIST_LOCAL_GROUP.group.as(OWN_GROUP),
                        PG_DIST_NODE.group,
                        PG_DIST_NODE.host,
                        PG_DIST_NODE.port,
                        PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).as(PG_DIST_NODE.role),
                        PG_DIST_NODE.shards)
                .from(PG_DIST_LOCAL_GROUP)
                .leftJoin(PG_DIST_NODE)
                .on(noCondition())
                .orderBy(PG_DIST_NODE.id);
    }

    private static Condition isPrimary() {
        return PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).eq(inline("primary"));
    }

    /**
     * Returns the group of the queried node: 0 on the coordinator.
     *
     * @return one row
     */
    public static Select<? extends Record> localGroup() {
        return select(PG_DIST_LOCAL_GROUP.group).from(PG_DIST_LOCAL_GROUP);
    }

    /**
     * Returns the identifier that distinguishes the files of a server from those of any other.
     *
     * @return one row
     */
    public static Select<? extends Record> systemIdentifier() {
        return select(field("system_identifier", SQLDataType.VARCHAR)).from("pg_catalog.pg_control_system()");
    }

    /**
     * Returns the verifiers of roles on this node.
     *
     * @return a row per role
     */
    public static ResultQuery<Record2<String, String>> verifiers(Collection<String> roles) {
        return select(PG_AUTHID.name, PG_AUTHID.verifier).from(PG_AUTHID).where(PG_AUTHID.name.in(roles));
    }
}
