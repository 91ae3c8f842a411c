package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.identifier;
import static org.citustenancy.testing.TestCluster.literal;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that are code where backslashes escape quotes: none of them runs, and what they name is granted. */
@Tag("asks-for-passwords")
@RequiresCluster
class HostileTableNamesTest {

    private static final List<String> NAMES = List.of(
            "\\'||public.f()))loop--",
            "\\\\'||public.f()))loop--",
            "\\'||public.f()||\\'",
            "\\''||public.f()))loop--",
            "'||public.f()||'",
            "\\');select public.f();--",
            "\";select public.f();--",
            "$$;select public.f();$$");

    private final TestCluster nodes;

    HostileTableNamesTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    /** The first one alone is code where it is inlined; together they only make no sense. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void repair_does_not_execute_table_names(int names) throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("named"));
            Project project = hostile.create(cluster);
            hostile.setForDatabase("standard_conforming_strings = off", "escape_string_warning = off");
            hostile.asOwner(
                    "set standard_conforming_strings = on",
                    "create function public.f() returns text language plpgsql as "
                            + "$$ begin perform evil.ran('table name'); return ''; end $$",
                    "select create_distributed_function('public.f()')");
            for (String name : NAMES.subList(0, names)) {
                String quoted = identifier(name);
                hostile.asOwner(
                        "set standard_conforming_strings = on; create schema " + quoted,
                        "set standard_conforming_strings = on; create table " + quoted + " (" + quoted
                                + " int primary key)",
                        "set standard_conforming_strings = on; create sequence " + quoted + "." + quoted,
                        "set standard_conforming_strings = on; create table " + quoted + ".t (id serial)",
                        "set standard_conforming_strings = on; insert into " + quoted + " values (1)");
            }
            hostile.asOwner("set standard_conforming_strings = on; select create_distributed_table("
                    + literal(identifier(NAMES.get(0))) + ", " + literal(NAMES.get(0)) + ")");
            hostile.asOwner("revoke all on all tables in schema public from " + identifier(hostile.reader()));
            PayloadLog log = new PayloadLog(nodes);
            log.next();

            project.verify();
            project.repair();
            hostile.request(cluster)
                    .withReadWriteUser(
                            hostile.name() + "_writer",
                            HostileProject.PASSWORD,
                            options -> options.schemas(NAMES.subList(0, names).toArray(String[]::new)))
                    .create();
            project.statistics().figures();
            project.tables().list();
            cluster.users().rotatePassword(hostile.reader(), HostileProject.PASSWORD);

            hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
            assertThat(project.verify().findings()).isEmpty();
            for (String name : NAMES.subList(0, names)) {
                assertThat(nodes.ask(
                                hostile.name(),
                                "select has_table_privilege(" + literal(hostile.reader())
                                        + ", c.oid, 'SELECT') from pg_class c "
                                        + "where relnamespace = 'public'::regnamespace and relname = "
                                        + hostile.text(name)))
                        .as(name)
                        .containsExactly("t");
            }
        }
    }

    @Test
    void backup_and_clone_do_not_execute_table_names(@TempDir Path home) throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            HostileProject hostile = HostileProject.named(nodes, TestCluster.unique("named"));
            Project project = hostile.create(cluster);
            hostile.setForDatabase("standard_conforming_strings = off", "escape_string_warning = off");
            for (String name : NAMES) {
                hostile.asOwner(
                        "set standard_conforming_strings = on; create table " + identifier(name) + " ("
                                + identifier(name) + " int primary key)",
                        "set standard_conforming_strings = on; insert into " + identifier(name) + " values (1)");
            }
            hostile.asOwner("create function public.f() returns text language plpgsql as "
                    + "$$ begin perform evil.ran('table name'); return ''; end $$");
            PayloadLog log = new PayloadLog(nodes);
            log.next();

            project.backup(home.resolve("backup"));
            String copy = TestCluster.unique("named");
            cluster.backups().restore(home.resolve("backup")).as(copy).create();

            hostile.assertNoPayloadRanAsMoreThanTheOwner(log.next());
            try (Connection restored = nodes.open(nodes.embedded().coordinator(), copy)) {
                TestCluster.ask(restored, "set standard_conforming_strings = on");
                for (String name : NAMES) {
                    assertThat(TestCluster.ask(restored, "select count(*) from " + identifier(name)))
                            .as(name)
                            .containsExactly("1");
                }
            }
        }
    }
}
