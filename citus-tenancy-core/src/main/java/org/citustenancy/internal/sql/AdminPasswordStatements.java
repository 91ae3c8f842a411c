package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Copies the admin's row of {@code pg_dist_authinfo} from a node's maintenance database to another database of the same
 * node. No session reads both databases, and a statement with the password would appear in the node's log. So the row
 * is sealed: combined with a key stream from SHA-256 over the admin's verifier, which only superusers of that node can
 * read, in any of its databases. The number that begins the stream depends on the text, so that no two texts share one.
 */
public final class AdminPasswordStatements {

    /** The role of the row. */
    public static final Field<String> ROLE = field(name("role_name"), SQLDataType.VARCHAR);

    /** The digest of the connection parameter, the same as in {@link NodePasswordStatements}. */
    public static final Field<String> DIGEST = field(name("digest"), SQLDataType.VARCHAR);

    /** The start of the key stream. */
    public static final Field<String> NUMBER = field(name("number_once"), SQLDataType.VARCHAR);

    /** The sealed connection parameter. */
    public static final Field<String> SEALED = field(name("sealed"), SQLDataType.VARCHAR);

    private AdminPasswordStatements() {}

    /**
     * Returns the sealed row of the current database for the querying role and all nodes; nothing if the database has
     * no Citus, for example on a worker that has lost its data.
     *
     * @return a row if there is one and the role has a verifier
     */
    public static Select<?> sealed() {
        return select(ROLE, DIGEST, NUMBER, SEALED)
                .from(table("""
                        (select current_user as role_name, pg_catalog.split_part(x.found, '.', 1) as digest, \
                        pg_catalog.split_part(x.found, '.', 2) as number_once, pg_catalog.split_part(x.found, '.', 3) as sealed \
                        from (select pg_catalog.substring(pg_catalog.query_to_xml(case when \
                        pg_catalog.to_regclass('pg_catalog.pg_dist_authinfo') is null then {0} else {1} end, \
                        false, true, '')::pg_catalog.text, '<found>([0-9a-f.]+)</found>') as found) as x \
                        where x.found is not null) as y""", literal("select 1 where false"), literal(Sql.text(found()))));
    }

    /** Returns the three values as one text of digits and dots, which XML leaves unchanged. */
    private static Query found() {
        return statement("""
                select pg_catalog.concat_ws('.', x.digest, x.number_once, pg_catalog.encode({0}, 'hex')) as found from ( \
                select r.rolpassword as verifier, pg_catalog.convert_to(a.authinfo, 'UTF8') as data, \
                pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(a.authinfo, 'UTF8')), 'hex') as digest, \
                pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to( \
                pg_catalog.concat(r.rolpassword, a.authinfo), 'UTF8')), 'hex') as number_once \
                from pg_catalog.pg_dist_authinfo as a join pg_catalog.pg_authid as r on r.rolname = a.rolename \
                where a.nodeid = 0 and r.rolname = current_user and r.rolpassword is not null) as x""", combined(DSL.sql("x.number_once")));
    }

    /**
     * Writes the row into the current database of the node that sealed it.
     *
     * @param number the start of the key stream, which is compared with the opened parameter: with a digest of the
     *     parameter without the verifier, a reader of the server's log could guess passwords
     * @param sealed the sealed parameter
     * @return a statement that fails if the role's verifier has changed since
     */
    public static Query write(String number, String sealed) {
        return statement(
                """
                insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo) select 0, current_user, {0} \
                on conflict (rolename, nodeid) do update set authinfo = excluded.authinfo""",
                opened(
                        literal(number),
                        literal(sealed),
                        DSL.sql(
                                "select r.rolpassword as verifier from pg_catalog.pg_authid as r where r.rolname = current_user")));
    }

    /**
     * Opens a sealed text.
     *
     * @param number the start of the key stream
     * @param sealed the sealed text
     * @param key a query that returns the key as {@code verifier}
     * @return an expression that is null if there is no such key, or another one
     */
    static QueryPart opened(QueryPart number, QueryPart sealed, QueryPart key) {
        return DSL.sql("""
                (select pg_catalog.convert_from(case when pg_catalog.encode(pg_catalog.sha256( \
                pg_catalog.convert_to(y.verifier, 'UTF8') operator(pg_catalog.||) y.opened), 'hex') = {0} \
                then y.opened end, 'UTF8') from ( \
                select x.verifier, {1} as opened from ( \
                select k.verifier, pg_catalog.decode({2}, 'hex') as data from ({3}) as k) as x) as y)""", number, combined(number), sealed, key);
    }

    /** Combines the data of a row {@code x}, byte by byte, with the key stream. Doing so twice restores the data. */
    private static QueryPart combined(QueryPart number) {
        return DSL.sql("""
                (select pg_catalog.string_agg(pg_catalog.set_byte(pg_catalog.decode('00', 'hex'), 0, \
                pg_catalog.get_byte(x.data, i) # pg_catalog.get_byte(k.stream, i)), pg_catalog.decode('', 'hex') order by i) \
                from pg_catalog.generate_series(0, pg_catalog.length(x.data) - 1) as i, \
                (select pg_catalog.string_agg(pg_catalog.sha256(pg_catalog.convert_to( \
                pg_catalog.concat(x.verifier, {0}, b), 'UTF8')), pg_catalog.decode('', 'hex') order by b) as stream \
                from pg_catalog.generate_series(0, pg_catalog.length(x.data) / 32) as b) as k)""", number);
    }
}
