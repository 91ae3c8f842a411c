package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.shaded.jooq.Name;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/**
 * Statements about databases as a whole, on one node.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createdatabase.html">CREATE DATABASE</a>
 */
public final class DatabaseStatements {

    private DatabaseStatements() {}

    /**
     * Creates a database that only superusers may enter, until {@link #limitConnections} opens it.
     *
     * @param owner the role that owns it
     * @return a statement that runs outside transactions
     */
    public static Query createClosed(String database, String owner) {
        return statement(
                "create database {0} with owner = {1} connection limit = 0", identifier(database), identifier(owner));
    }

    /**
     * Creates the same as a copy of another database, which must have no session.
     *
     * @param owner the role that owns it
     * @param template the database that is copied
     * @return a statement that runs outside transactions
     */
    public static Query copyClosed(String database, String owner, String template) {
        return statement(
                "create database {0} with owner = {1} template = {2} connection limit = 0",
                identifier(database), identifier(owner), identifier(template));
    }

    /**
     * Creates the same by copying files, with a checkpoint before and after.
     *
     * @param owner the role that owns it
     * @param template the database that is copied
     * @return a statement that runs outside transactions
     * @see <a href="https://www.postgresql.org/docs/current/sql-createdatabase.html">CREATE DATABASE, STRATEGY</a>
     */
    public static Query copyFilesClosed(String database, String owner, String template) {
        return statement("{0} strategy = file_copy", copyClosed(database, owner, template));
    }

    /** Changes the owner of a database. */
    public static Query changeOwner(String database, String owner) {
        return statement("alter database {0} owner to {1}", identifier(database), identifier(owner));
    }

    /**
     * Sets the connection limit of a database on a node.
     *
     * @param limit the number; -1 for no limit
     */
    public static Query limitConnections(String database, int limit) {
        return statement("alter database {0} with connection limit = {1}", identifier(database), literal(limit));
    }

    /**
     * Allows or forbids all connections.
     *
     * @param allowed true to allow them
     */
    public static Query allowConnections(String database, boolean allowed) {
        return statement("alter database {0} with allow_connections = {1}", identifier(database), DSL.inline(allowed));
    }

    /**
     * Allows connections, up to a number of sessions.
     *
     * @param limit the number; -1 for no limit
     */
    public static Query open(String database, int limit) {
        return statement(
                "alter database {0} with allow_connections = true connection limit = {1}",
                identifier(database), literal(limit));
    }

    /**
     * Allows connections of superusers only, even where none were allowed before.
     *
     * @return an SQL statement
     */
    public static Query onlySuperusers(String database) {
        return statement("alter database {0} with allow_connections = true connection limit = 0", identifier(database));
    }

    /**
     * Sets the comment of a database, for people and for this library.
     *
     * @param text a line
     * @return the statement, which runs in any database
     */
    public static Query comment(String database, String text) {
        return statement("comment on database {0} is {1}", identifier(database), literal(text));
    }

    /**
     * Sets a parameter with which every new session of a database starts.
     *
     * @param setting the parameter
     * @param elements its value, or values if it is a list
     */
    public static Query set(String database, String setting, List<String> elements) {
        return statement(
                "alter database {0} set {1} = {2}",
                identifier(database),
                settingName(setting),
                DSL.list(elements.stream().map(Sql::literal).toList()));
    }

    /**
     * Resets a parameter of a database.
     *
     * @param setting the parameter
     */
    public static Query reset(String database, String setting) {
        return statement("alter database {0} reset {1}", identifier(database), settingName(setting));
    }

    /**
     * Drops a database and ends the sessions in it.
     *
     * @return a statement that runs outside transactions
     */
    public static Query drop(String database) {
        return statement("drop database if exists {0} with (force)", identifier(database));
    }

    private static Name settingName(String setting) {
        return DSL.name(setting.split("\\.", -1));
    }

    /**
     * Rewrites the catalogs of the current database that have gaps from the creation and update of an extension.
     * Catalogs that all databases share are left out, because every new connection would wait for them.
     *
     * @return the statement, which no transaction may contain
     * @see <a href="https://www.postgresql.org/docs/current/sql-vacuum.html">VACUUM</a>
     */
    public static Query compact() {
        return DSL.query(
                "vacuum (full) {0}",
                DSL.list(Stream.of(
                                "pg_proc",
                                "pg_attribute",
                                "pg_class",
                                "pg_type",
                                "pg_depend",
                                "pg_rewrite",
                                "pg_description",
                                "pg_init_privs",
                                "pg_index")
                        .map(catalog -> DSL.table(DSL.name("pg_catalog", catalog)))
                        .toList()));
    }
}
