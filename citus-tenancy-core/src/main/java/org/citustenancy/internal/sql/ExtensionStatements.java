package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Query;

/**
 * Statements that create extensions for the users of a project.
 *
 * @see <a href="https://www.postgresql.org/docs/current/extend-extensions.html#EXTEND-EXTENSIONS-SECURITY">Security
 *     Considerations for Extensions</a>
 */
public final class ExtensionStatements {

    private ExtensionStatements() {}

    /**
     * Creates an extension in the current database, with those that it requires: in the schema that its control file
     * names, otherwise in {@code public}, which users expect.
     *
     * <p>Its script runs as a superuser, with its schema in the {@code search_path}, and the project's owner creates
     * functions in {@code public}. So the script runs in a schema in which only superusers create, and a relocatable
     * extension moves to {@code public} afterwards. An extension that is not relocatable is created in {@code public}
     * only if that schema has no function and no operator of other roles; locks ensure this until the transaction ends.
     */
    public static Query createForUsers(String extension) {
        return statement("do {0}", literal(Sql.text(statement("""
                declare
                  home pg_catalog.name;
                  movable pg_catalog.bool;
                  created pg_catalog.name;
                begin
                  select v.schema, v.relocatable into home, movable
                  from pg_catalog.pg_available_extensions as e
                  join pg_catalog.pg_available_extension_versions as v on v.name = e.name and v.version = e.default_version
                  where e.name = {0};
                  if not found or home is not null then
                    create extension if not exists {1} cascade;
                  elsif movable then
                    create schema citus_tenancy_extension;
                    create extension if not exists {1} schema citus_tenancy_extension cascade;
                    for created in
                      select x.extname from pg_catalog.pg_extension as x
                      join pg_catalog.pg_namespace as n on n.oid = x.extnamespace
                      where n.nspname = 'citus_tenancy_extension'
                    loop
                      execute pg_catalog.format('alter extension %I set schema public', created);
                    end loop;
                    drop schema citus_tenancy_extension;
                  else
                    lock table pg_catalog.pg_proc, pg_catalog.pg_operator in share row exclusive mode;
                    if exists (
                      select from (
                        select f.proowner as owner, f.pronamespace as schema from pg_catalog.pg_proc as f
                        union all
                        select o.oprowner, o.oprnamespace from pg_catalog.pg_operator as o) as x
                      join pg_catalog.pg_namespace as n on n.oid = x.schema and n.nspname = 'public'
                      join pg_catalog.pg_roles as r on r.oid = x.owner and not r.rolsuper)
                    then
                      raise exception using errcode = '55000', message = pg_catalog.concat('schema public has functions or '
                        'operators of users, which the script of extension ', {0}, ' could run as a superuser; move them to '
                        'another schema, request the extension, and move them back');
                    end if;
                    create extension if not exists {1} schema public cascade;
                  end if;
                end""", literal(extension), identifier(extension)))));
    }
}
