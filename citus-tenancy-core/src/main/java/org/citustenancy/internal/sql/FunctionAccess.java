package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.case_;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.castNull;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDepend.PG_DEPEND;
import static org.citustenancy.internal.sql.catalog.PgInitPrivs.PG_INIT_PRIVS;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.PgProc.PG_PROC;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.Record4;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgProc;

/**
 * Finds and restricts functions that PostgreSQL and Citus leave open to PUBLIC, and by which a user of a project could
 * harm it or connect to other hosts. They are found in the catalog by their names, because each version of Citus has
 * others. Functions that are not open to PUBLIC by default are excluded.
 *
 * @see <a href="https://www.postgresql.org/docs/current/lo-funcs.html">Server-side functions of large objects</a>
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-init-privs.html">pg_init_privs</a>
 */
public final class FunctionAccess {

    /** The {@link Kind} of function. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /**
     * The role that may execute functions of that kind; empty for PUBLIC, null in the row with the number of functions
     * of the kind.
     */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** The number of functions. */
    public static final Field<Integer> COUNT = field(name("functions"), SQLDataType.INTEGER);

    private static final Field<Long> OWNER = field(name("f", "owner"), SQLDataType.BIGINT);
    private static final Field<Object> ACL = field(name("f", "acl"), SQLDataType.OTHER);
    private static final Field<String> KIND_OF = field(name("f", "kind"), SQLDataType.VARCHAR);
    private static final Field<Long> GRANTEE = field(name("x", "grantee"), SQLDataType.BIGINT);

    private static final PgProc IN_CATALOG = PG_PROC.named("in_catalog");

    private static final String CONNECTS = "citus_check_connection_to_node";

    /** The functions that create, write or remove large objects. Opening, reading, seeking and closing stay allowed. */
    private static final List<String> WRITE_LARGE_OBJECTS = List.of(
            "lo_creat", "lo_create", "lo_from_bytea", "lo_put", "lowrite", "lo_truncate", "lo_truncate64", "lo_unlink");

    /** The purpose of functions, which determines the roles that need them. */
    public enum Kind {
        /** Connects to any address with the server's own password. */
        CONNECTION("a connection to any address"),
        /** Creates or writes large objects. */
        LARGE_OBJECTS("writing large objects"),
        /**
         * Functions that change the metadata of tables; the nodes call each other's as the user who creates or changes
         * a table.
         */
        METADATA("the internal functions of Citus");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /**
         * Describes the functions.
         *
         * @return for a line of plain words
         */
        public String words() {
            return words;
        }
    }

    private FunctionAccess() {}

    /**
     * Returns the roles that may execute these functions in the current database, on the queried node.
     *
     * @return a row per kind, and one per kind and role that may execute some of the kind and does not own them
     */
    public static Select<?> held() {
        Table<?> found = table(name("f"));
        return DSL.with("f")
                .asMaterialized(found())
                .select(KIND_OF.as(KIND), castNull(SQLDataType.VARCHAR).as(ROLE), count().as(COUNT))
                .from(found)
                .groupBy(KIND_OF)
                .unionAll(select(KIND_OF, coalesce(PG_AUTHID.name, inline("")), count())
                        .from(found)
                        .crossJoin(grantees())
                        .leftJoin(PG_AUTHID)
                        .on(PG_AUTHID.oid.eq(GRANTEE))
                        .where(isNamedGrantee())
                        .groupBy(KIND_OF, PG_AUTHID.name));
    }

    /**
     * Revokes the functions from PUBLIC and from every other role except the given ones, and grants them to these.
     * Changes only what differs.
     *
     * @param wanted the roles that may execute them, by kind
     * @return one statement
     */
    public static Query restrict(Map<Kind, ? extends Collection<String>> wanted) {
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        declare
                          command text;
                        begin
                          for command in
                            with f as materialized ({0}),
                              wanted (kind, role) as ({1}),
                              held as (
                                select f.oid, f.kind, coalesce({2}, '') as role
                                from f cross join {3} left join {4} on {5} = {6} where {7})
                            select pg_catalog.concat('revoke all on routine ',
                                pg_catalog.string_agg(
                                  (pg_catalog.pg_identify_object('pg_catalog.pg_proc'::pg_catalog.regclass, h.oid, 0)).identity, ', '),
                                ' from ', case h.role when '' then 'public' else pg_catalog.quote_ident(h.role) end, ' cascade')
                              from held as h
                              where not exists (select from wanted as w where w.kind = h.kind and w.role = h.role)
                              group by h.role
                            union all
                            select pg_catalog.concat('grant execute on routine ',
                                pg_catalog.string_agg(
                                  (pg_catalog.pg_identify_object('pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0)).identity, ', '),
                                ' to ', pg_catalog.quote_ident(w.role))
                              from f join wanted as w on w.kind = f.kind
                              where not exists (select from held as h where h.oid = f.oid and h.role = w.role)
                              group by w.role
                          loop
                            execute command;
                          end loop;
                        end""",
                        found(),
                        rows(wanted),
                        PG_AUTHID.name,
                        grantees(),
                        PG_AUTHID,
                        PG_AUTHID.oid,
                        GRANTEE,
                        isNamedGrantee()))));
    }

    /** Returns the rows, none if no role may execute any. */
    private static QueryPart rows(Map<Kind, ? extends Collection<String>> wanted) {
        List<QueryPart> rows = new ArrayList<>();
        wanted.forEach((kind, roles) -> roles.stream()
                .sorted()
                .forEach(role -> rows.add(DSL.sql("({0}, {1})", literal(kind.name()), literal(role)))));
        return rows.isEmpty()
                ? DSL.sql("select null::pg_catalog.text, null::pg_catalog.text where false")
                : DSL.sql("values {0}", DSL.list(rows));
    }

    /**
     * Finds the functions by indexes, because the catalog has thousands of functions and every observation of a project
     * queries these.
     */
    private static Select<Record4<Long, Long, Object, String>> found() {
        Select<Record1<Long>> inCatalog = select(IN_CATALOG.oid)
                .from(IN_CATALOG)
                .where(IN_CATALOG
                        .name
                        .in(literals(Stream.concat(WRITE_LARGE_OBJECTS.stream(), Stream.of(CONNECTS))))
                        .or(IN_CATALOG.name.like(inline("citus\\_internal\\_%"))))
                .and(IN_CATALOG.namespace.eq(field("'pg_catalog'::pg_catalog.regnamespace", SQLDataType.BIGINT)));
        Select<Record1<Long>> ofCitus = select(PG_DEPEND.object)
                .from(PG_DEPEND)
                .where(PG_DEPEND.referencedClass.eq(PG_NAMESPACE.regclass()))
                .and(PG_DEPEND.referenced.eq(
                        field("pg_catalog.to_regnamespace('citus_internal')::pg_catalog.oid", SQLDataType.BIGINT)))
                .and(PG_DEPEND.objectClass.eq(PG_PROC.regclass()));
        return select(
                        PG_PROC.oid,
                        PG_PROC.owner.as("owner"),
                        PG_PROC.acl.as("acl"),
                        case_().when(PG_PROC.name.eq(inline(CONNECTS)), inline(Kind.CONNECTION.name()))
                                .when(
                                        PG_PROC.name.in(literals(WRITE_LARGE_OBJECTS.stream())),
                                        inline(Kind.LARGE_OBJECTS.name()))
                                .else_(inline(Kind.METADATA.name()))
                                .as("kind"))
                .from(PG_PROC)
                .where(PG_PROC.oid.in(inCatalog.unionAll(ofCitus)))
                // The view citus_lock_waits calls these on every node with the privileges of its reader.
                .and(PG_PROC.name.notLike(inline("%\\_blocked\\_processes")))
                .and(notExists(selectOne()
                        .from(PG_INIT_PRIVS)
                        .where(PG_INIT_PRIVS.objectClass.eq(PG_PROC.regclass()))
                        .and(PG_INIT_PRIVS.object.eq(PG_PROC.oid))
                        .and(notExists(selectOne()
                                .from("pg_catalog.aclexplode({0}) as x", PG_INIT_PRIVS.acl)
                                .where(GRANTEE.eq(inline(0L)))))));
    }

    private static Table<?> grantees() {
        return table("lateral pg_catalog.aclexplode(coalesce({0}, pg_catalog.acldefault('f', {1}))) as x", ACL, OWNER);
    }

    /** Excludes dropped roles, which have no name for a REVOKE. */
    private static Condition isNamedGrantee() {
        return GRANTEE.ne(OWNER).and(GRANTEE.eq(inline(0L)).or(PG_AUTHID.oid.isNotNull()));
    }

    private static List<Param<String>> literals(Stream<String> values) {
        return values.map(Sql::literal).toList();
    }
}
