package org.citustenancy.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A move that ends in the middle: nothing of its temporary role is left, or the next operation takes it away. */
@Tag("asks-for-passwords")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class InterruptedMovesTest {

    private static final String PASSWORD = "owners-Password";
    private static final String AT_WORK = "select count(*) > 0 from pg_stat_activity "
            + "where usename like 'citus_tenancy_tmp%' and datname = current_database()";
    private static final String ROLES = "select count(*) from pg_roles where rolname like 'citus_tenancy_tmp%' "
            + "and shobj_description(oid, 'pg_authid') like '%database ' || current_database()";

    private final TestCluster nodes;
    private final CitusCluster cluster;

    InterruptedMovesTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private Payload payload(Project project) throws Exception {
        Payload payload = new Payload(nodes, project.name(), project.name() + "_owner", PASSWORD);
        payload.plant();
        payload.asOwner("create function public.sleep(v int) returns boolean language plpgsql as "
                + "$$ begin perform pg_sleep(120); return true; end $$");
        payload.asOwner("create table slow (id int primary key)");
        payload.asOwner("insert into slow values (1)");
        payload.asOwner("alter table slow add check (public.sleep(id)) not valid");
        return payload;
    }

    private Project project(String name) {
        String unique = TestCluster.unique(name);
        return cluster.project(unique)
                .withUser(unique + "_owner", Secret.of(PASSWORD))
                .create();
    }

    @Test
    @Tag("long")
    void interrupted_move_leaves_no_role() throws Exception {
        Project project = project("interrupted");
        Payload payload = payload(project);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread move = new Thread(() -> project.tables().distribute("slow", "id"));
        move.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        move.start();
        Await.until(() -> nodes.ask(project.name(), AT_WORK).equals(List.of("t")));

        move.interrupt();
        move.join();

        assertThat(failure.get()).isInstanceOf(OperationInterruptedException.class);
        payload.assertNoTemporaryRoles("an interrupted move");
    }

    @Test
    void verify_reports_and_repair_removes_the_role_of_a_killed_process() throws Exception {
        Project project = project("killed");
        Payload payload = payload(project);
        try (ChildJvm child = ChildJvm.start(
                SlowMove.class,
                nodes.embedded().jdbcUrl("postgres"),
                nodes.embedded().adminUser(),
                nodes.embedded().adminPassword(),
                project.name())) {
            Await.until(() -> nodes.ask(project.name(), AT_WORK).equals(List.of("t")));
            assertThat(project.verify().findings()).isEmpty();
            child.kill();
        }
        assertThat(nodes.askAll(project.name(), ROLES)).containsExactly("1");
        Await.until(() -> !project.verify().findings().isEmpty());
        assertThat(project.verify().findings()).singleElement().satisfies(finding -> assertThat(finding.what())
                .contains("citus_tenancy_tmp_", "killed"));

        project.repair();

        payload.assertNoTemporaryRoles("a repair");
        assertThat(nodes.ask(project.name(), AT_WORK)).containsExactly("f");
        assertThat(project.verify().findings()).isEmpty();
    }
}
