package org.citustenancy.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;

/**
 * Code of a project's owner that is planted wherever a table can hold code. Each time it runs it notes as which role, and if
 * that is a superuser, it makes the owner one too.
 *
 * @param nodes the cluster
 * @param project the project
 * @param owner its owner
 * @param password the owner's password
 */
record Payload(TestCluster nodes, String project, String owner, String password) {

    /** The owner tries to become the session's role, then superuser. */
    private static final List<String> FUNCTIONS = List.of(
            """
            create function public.note(place text) returns void language plpgsql as $$
            declare
              super boolean;
            begin
              if current_user <> session_user then
                begin
                  perform pg_catalog.set_config('role', 'none', false);
                exception when others then
                  null;
                end;
              end if;
              if pg_catalog.to_regclass('public.seen') is not null then
                insert into public.seen select place, current_user, session_user, rolsuper
                from pg_catalog.pg_roles where rolname = current_user;
              end if;
              select rolsuper into super from pg_catalog.pg_roles where rolname = current_user;
              if super then
                update pg_catalog.pg_authid set rolsuper = true where oid in (select oid from pg_catalog.pg_authid
                where rolname = '%s' and not rolsuper for update skip locked);
              end if;
            end $$""",
            "create function public.ran(place text, value text) returns boolean language plpgsql immutable as "
                    + "$$ begin perform public.note(place); return true; end $$",
            "create function public.key(value text) returns int language plpgsql immutable as "
                    + "$$ begin perform public.note('partition key'); return 1; end $$",
            "create domain public.noted as text check (public.ran('domain', value))");

    /** The tables with rows. */
    static final List<String> TABLES = List.of("goods", "parted");

    /** Plants it, before any table is distributed. */
    void plant() throws SQLException {
        prepareNodes(nodes.embedded().nodes());
        for (String function : FUNCTIONS) {
            asOwner(function.contains("%s") ? function.formatted(owner) : function);
        }
        asOwner(table("goods"));
        asOwner("create index on goods (public.ran('index', v))");
        asOwner("insert into goods (id, v, n) select i, 'v' || i, 'n' from generate_series(1, 20) as i");
        asOwner(
                "create table parted (id int, v text check (public.ran('check', v))) partition by range (public.key(v))");
        asOwner("create table parted_one partition of parted for values from (0) to (10)");
        asOwner("insert into parted select i, 'v' || i from generate_series(1, 20) as i");
        forget();
    }

    /** A table whose definition is full of it. */
    static String table(String name) {
        return "create table " + name + " (id int primary key, v text check (public.ran('check', v)), n public.noted, "
                + "g boolean generated always as (public.ran('generated', v)) stored, "
                + "d boolean default public.ran('default', 'd'))";
    }

    /** Notes can be taken on these. */
    void prepareNodes(List<EmbeddedNode> where) throws SQLException {
        for (EmbeddedNode node : where) {
            try (Connection connection = nodes.open(node, project)) {
                if (nodes.hasCitus()) {
                    TestCluster.ask(connection, "set citus.enable_ddl_propagation = off");
                }
                TestCluster.ask(
                        connection,
                        "create table if not exists public.seen (place text, role name, session name, super boolean)");
                TestCluster.ask(connection, "alter table public.seen owner to " + owner);
            }
        }
    }

    List<String> asOwner(String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), project, owner, password, sql);
    }

    /** Nothing has run yet. */
    void forget() throws SQLException {
        for (EmbeddedNode node : noting()) {
            nodes.ask(node, project, "delete from public.seen");
        }
    }

    /** Only who has become a superuser is seen from now on. */
    void takeNoNotes() throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection connection = nodes.open(node, project)) {
                TestCluster.ask(connection, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(connection, "drop table if exists public.seen");
            }
        }
    }

    private List<EmbeddedNode> noting() throws SQLException {
        List<EmbeddedNode> noting = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            if (nodes.ask(node, project, "select to_regclass('public.seen') is not null")
                    .contains("t")) {
                noting.add(node);
            }
        }
        return noting;
    }

    /** What ran on any node, each a place with the role. */
    Set<String> ran() throws SQLException {
        Set<String> ran = new TreeSet<>();
        for (EmbeddedNode node : noting()) {
            ran.addAll(nodes.ask(node, project, "select distinct place from public.seen"));
        }
        return ran;
    }

    /** Fails if any of it ran as a superuser, or as a role that is still there. */
    void assertHarmless(String operation) throws SQLException {
        List<String> asSuperuser = new ArrayList<>();
        for (EmbeddedNode node : noting()) {
            nodes.ask(
                            node,
                            project,
                            bind(
                                    "select distinct place, role, session from public.seen where super or session = ?",
                                    nodes.embedded().adminUser()))
                    .forEach(row -> asSuperuser.add(node + ": " + row));
        }
        assertThat(asSuperuser).as("what ran as a superuser in: " + operation).isEmpty();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, project, "select rolname from pg_roles where rolsuper"))
                    .as("superusers on " + node + " after: " + operation)
                    .containsExactly(nodes.embedded().adminUser());
        }
        assertNoTemporaryRoles(operation);
        forget();
    }

    /** Fails if a temporary role, or what belongs to one, is left on a node. */
    void assertNoTemporaryRoles(String operation) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(
                            node,
                            project,
                            bind(
                                    "select rolname from pg_roles where rolname like 'citus_tenancy_tmp%' "
                                            + "and shobj_description(oid, 'pg_authid') like ?",
                                    "%database " + project)))
                    .as("temporary roles on " + node + " after: " + operation)
                    .isEmpty();
            assertThat(nodes.ask(
                            node,
                            project,
                            "select rolename from pg_dist_authinfo where rolename like 'citus_tenancy_tmp%'"))
                    .as("passwords on " + node + " after: " + operation)
                    .isEmpty();
            assertThat(nodes.ask(
                            node,
                            project,
                            "select count(*) from pg_dist_object where classid = 'pg_authid'::regclass "
                                    + "and objid not in (select oid from pg_authid)"))
                    .as("roles that Citus believes in on " + node + " after: " + operation)
                    .containsExactly("0");
        }
    }
}
