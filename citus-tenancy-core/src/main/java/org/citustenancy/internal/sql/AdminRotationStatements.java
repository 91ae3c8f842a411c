package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.List;
import org.citustenancy.internal.passwords.Seal;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Changes the admin's password: the verifier of a node, and the admin's rows in {@code pg_dist_authinfo}.
 *
 * <p>Workers are reached through the coordinator, and the text of a command appears in the log of both nodes. So a
 * random key that the worker generates seals the secrets of the command. The worker returns the key as an answer, which
 * no log contains, and keeps it until the command in a row of {@code pg_dist_authinfo}, which only superusers can read.
 * The former password is no safe key, because a reader of the log may have it.
 */
public final class AdminRotationStatements {

    /** The rest of a row without its password, such as a certificate, with a space on each side. */
    private static final String PASSWORD =
            "\\s*password\\s*=\\s*('([^'\\\\]|\\\\.)*'|([^'\\s\\\\]|\\\\.)([^\\s\\\\]|\\\\.)*)\\s*";

    /**
     * The role of the row with the key. Every server has this role, and no node connects as it, because it cannot log
     * in.
     */
    private static final String KEY_ROW = "pg_signal_backend";

    private static final String KEY_PREFIX = "password=";

    private AdminRotationStatements() {}

    /**
     * Returns the number of rows with a password of the querying role in the current database, a space, and the role's
     * verifier.
     *
     * @param citus whether the database has Citus
     * @return one row with one text
     */
    public static Select<?> state(boolean citus) {
        return select(field(
                "pg_catalog.concat({0}, ' ', (select r.rolpassword from pg_catalog.pg_authid as r where r.rolname = current_user))",
                SQLDataType.VARCHAR, citus ? rows() : literal(0)));
    }

    /**
     * Returns the number of rows with a password of the querying role in the current database.
     *
     * @return one row with a number
     */
    public static Select<?> count() {
        return select(field("{0}", SQLDataType.BIGINT, rows()));
    }

    private static QueryPart rows() {
        return DSL.sql(
                "(select pg_catalog.count(*) from pg_catalog.pg_dist_authinfo as a where a.rolename = current_user and a.authinfo ~ {0})",
                literal(PASSWORD));
    }

    /**
     * Creates a key in the current database of a worker, in place of one that was not used.
     *
     * @return a statement that returns the key
     */
    public static Query makeKey() {
        return statement("""
                insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo) \
                select 0, {0}, pg_catalog.concat({1}, pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to( \
                pg_catalog.concat(pg_catalog.gen_random_uuid(), pg_catalog.gen_random_uuid()), 'UTF8')), 'hex')) \
                on conflict (rolename, nodeid) do update set authinfo = excluded.authinfo \
                returning pg_catalog.substring(authinfo, {2})""", literal(KEY_ROW), literal(KEY_PREFIX), literal(KEY_PREFIX.length() + 1));
    }

    /**
     * Sets another verifier for the current role, and replaces the password in its rows of the current database.
     *
     * @param authinfo the connection parameter, sealed
     * @return a statement for {@link NodeStatements#atomically}, which fails if there is another key by then
     */
    public static Query change(Seal.Sealed verifier, Seal.Sealed authinfo) {
        return opening(
                List.of(opened(verifier), opened(authinfo)),
                DSL.sql("execute pg_catalog.format('alter role %I with password %L', current_user, opened[1]);"),
                DSL.sql("opened[2]"));
    }

    /**
     * Replaces the password in the rows of the current role in the current database.
     *
     * @param authinfo the connection parameter, sealed
     * @return a statement for {@link NodeStatements#atomically}, which fails if there is another key by then
     */
    public static Query replace(Seal.Sealed authinfo) {
        return opening(List.of(opened(authinfo)), DSL.sql(""), DSL.sql("opened[1]"));
    }

    private static Query opening(List<QueryPart> sealed, QueryPart first, QueryPart authinfo) {
        return statement(
                "do {0}",
                literal(Sql.text(statement("""
                        declare
                          opened pg_catalog.text[];
                        begin
                          perform pg_catalog.set_config('log_min_messages', 'panic', true);
                          perform pg_catalog.set_config('pg_stat_statements.track', 'none', true);
                          opened := array[{0}];
                          delete from pg_catalog.pg_dist_authinfo where rolename = {1};
                          if pg_catalog.array_position(opened, null) is not null then
                            raise exception using errcode = '55000', message = 'another change of the admin''s password is under way';
                          end if;
                          {2}
                          {3};
                        end""", DSL.list(sealed), literal(KEY_ROW), first, update(authinfo)))));
    }

    /** Returns the opened text, null if the key is another one. */
    private static QueryPart opened(Seal.Sealed sealed) {
        return AdminPasswordStatements.opened(
                literal(sealed.number()),
                literal(sealed.text()),
                DSL.sql(
                        "select pg_catalog.substring(k.authinfo, {0}) as verifier from pg_catalog.pg_dist_authinfo as k where k.rolename = {1}",
                        literal(KEY_PREFIX.length() + 1), literal(KEY_ROW)));
    }

    /**
     * Replaces the password in the rows of the current role in the current database.
     *
     * @param authinfo the connection parameter, a secret
     * @return a statement that must not reach a log
     */
    public static Query replaceOpenly(String authinfo) {
        return update(literal(authinfo));
    }

    private static Query update(QueryPart authinfo) {
        return statement(
                "update pg_catalog.pg_dist_authinfo set authinfo = {0} where rolename = current_user and authinfo ~ {1}",
                with(DSL.sql("authinfo"), authinfo), literal(PASSWORD));
    }

    /**
     * Makes the current database of the coordinator present a password to all nodes. For a transaction that is rolled
     * back.
     *
     * @param authinfo the connection parameter, a secret
     * @return a statement that must not reach a log
     */
    public static Query present(String authinfo) {
        return statement(
                """
                insert into pg_catalog.pg_dist_authinfo (nodeid, rolename, authinfo) \
                select 0, current_user, {0} \
                union select a.nodeid, a.rolename, {0} from pg_catalog.pg_dist_authinfo as a where a.rolename = current_user \
                on conflict (rolename, nodeid) do update set authinfo = {1}""", literal(authinfo), with(DSL.sql("pg_dist_authinfo.authinfo"), DSL.sql("excluded.authinfo")));
    }

    /** Replaces the password of a row. The rest of the row, such as a certificate, stays. */
    private static QueryPart with(QueryPart before, QueryPart authinfo) {
        return DSL.sql(
                "pg_catalog.concat_ws(' ', nullif(pg_catalog.btrim(pg_catalog.regexp_replace({0}, {1}, ' ', 'g')), ''), {2})",
                before, literal(PASSWORD), authinfo);
    }

    /**
     * Returns the nodes to which a node opens no new connection as the admin.
     *
     * @return one row with one text: their addresses, separated by commas
     */
    public static Select<?> unreached(List<Node> others) {
        Field<String> address = field("pg_catalog.concat(x.node_name, ':', x.node_port)", SQLDataType.VARCHAR);
        return select(field(
                        "pg_catalog.concat('', pg_catalog.string_agg({0}, ',' order by {0}))",
                        SQLDataType.VARCHAR, address))
                .from(table(
                                "pg_catalog.master_run_on_worker(array[{0}], array[{1}], array[{2}], true)",
                                DSL.list(others.stream()
                                        .map(node -> literal(node.host()))
                                        .toList()),
                                DSL.list(others.stream()
                                        .map(node -> literal(node.port()))
                                        .toList()),
                                DSL.list(others.stream()
                                        .map(node -> literal(Sql.text(NodeStatements.anything())))
                                        .toList()))
                        .as(name("x")))
                .where("not x.success");
    }
}
