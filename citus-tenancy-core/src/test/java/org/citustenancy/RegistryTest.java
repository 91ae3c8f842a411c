package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.capacity.DeclaredPool;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of the projects, in a maintenance database of its own, which needs no Citus. */
@Tag("once")
@RequiresCluster(citus = false)
class RegistryTest {

    private final TestCluster nodes;
    private final String maintenance = TestCluster.unique("registry_home");
    private final String name = TestCluster.unique("registered");

    RegistryTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeEach
    void makeHome() throws SQLException {
        nodes.ask("postgres", "create database " + maintenance);
        nodes.ask("postgres", "revoke all on database " + maintenance + " from public");
    }

    @AfterEach
    void discard() throws SQLException {
        nodes.discard(List.of(maintenance, name));
    }

    private CitusCluster connect() {
        return CitusCluster.connect(nodes.options(maintenance).requireCitus(false));
    }

    private Project create(CitusCluster cluster) {
        return cluster.project(name)
                .withUser(name + "_user", Secret.of("known"))
                .create();
    }

    @Test
    void registry_of_the_first_version_is_migrated_and_keeps_its_projects() throws Exception {
        try (CitusCluster cluster = connect()) {
            create(cluster);
        }
        nodes.ask(maintenance, "drop table citus_tenancy.declared_pool");
        nodes.ask(
                maintenance,
                "drop table citus_tenancy.outline, citus_tenancy.former_password, citus_tenancy.password_change, "
                        + "citus_tenancy.server, citus_tenancy.service, citus_tenancy.leaving_worker, citus_tenancy.verification, "
                        + "citus_tenancy.notice, citus_tenancy.contents, citus_tenancy.distribution_rule");
        nodes.ask(maintenance, "update citus_tenancy.registry_version set version = 1");

        try (CitusCluster cluster = connect()) {
            assertThat(cluster.capacity().pools()).isEmpty();
            Project project = cluster.getProject(name);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> declaring = new ArrayList<>();
            for (int application = 1; application <= 4; application++) {
                String each = "application " + application;
                declaring.add(threads.submit(() -> project.declarePool(each, 10)));
            }
            for (Future<?> one : declaring) {
                one.get();
            }
            threads.shutdown();

            assertThat(cluster.capacity().declaredConnections()).isEqualTo(40);
            assertThat(nodes.ask(maintenance, "select version from citus_tenancy.registry_version"))
                    .containsExactly("9");
            assertThat(cluster.projects()).singleElement().satisfies(known -> {
                assertThat(known.name()).isEqualTo(name);
                assertThat(known.state()).isEqualTo(ProjectState.READY);
            });
            assertThat(create(cluster).result().orElseThrow().changed()).isFalse();
        }
    }

    @Test
    void registry_of_a_newer_version_is_refused() throws Exception {
        try (CitusCluster cluster = connect()) {
            create(cluster);
            nodes.ask(maintenance, "update citus_tenancy.registry_version set version = 99");
            assertThatThrownBy(() -> create(cluster))
                    .isInstanceOf(CitusUnavailableException.class)
                    .hasMessageContaining("version 99")
                    .hasMessageContaining("use the newer version");
        }
    }

    @Test
    void registry_is_recreated_after_it_was_dropped() throws Exception {
        try (CitusCluster cluster = connect()) {
            Project project = create(cluster);
            nodes.ask(maintenance, "drop schema citus_tenancy cascade");

            assertThatThrownBy(() -> create(cluster)).hasMessageContaining("adoptExisting()");
            nodes.ask(maintenance, "drop schema if exists citus_tenancy cascade");
            assertThat(cluster.projects()).isEmpty();
            nodes.ask(maintenance, "drop schema if exists citus_tenancy cascade");
            Project adopted = cluster.project(name)
                    .withUser(name + "_user", Secret.of("known"))
                    .adoptExisting()
                    .create();
            assertThat(TestCluster.besidesTrust(adopted.verify()).isClean()).isTrue();

            nodes.ask(maintenance, "drop schema citus_tenancy cascade");
            cluster.dropUnmanaged(project.name());
            assertThat(cluster.projects()).isEmpty();
        }
    }

    @Test
    void library_disables_jit_where_the_database_enables_it() throws Exception {
        try (CitusCluster cluster = connect()) {
            create(cluster);
        }
        nodes.ask(maintenance, "alter database " + maintenance + " set jit = on");
        nodes.ask(maintenance, "create table public.seen (jit text)");
        beforeEach("update on citus_tenancy.project", "insert into public.seen select current_setting('jit')");

        try (CitusCluster cluster = connect()) {
            cluster.project(name).connectionLimit(3).create();
        }

        assertThat(nodes.ask(maintenance, "select distinct jit from public.seen"))
                .containsExactly("off");
    }

    private void beforeEach(String change, String statement) throws SQLException {
        nodes.ask(
                maintenance,
                "create function public.meet() returns trigger language plpgsql as $$ begin " + statement
                        + "; return new; end $$");
        nodes.ask(maintenance, "create trigger meet before " + change + " for each row execute function public.meet()");
    }

    @Test
    void server_error_is_reported_without_the_statement() throws Exception {
        try (CitusCluster cluster = connect()) {
            create(cluster);
            beforeEach("insert on citus_tenancy.project_setting", "raise exception 'not today'");

            assertThatThrownBy(() ->
                            cluster.project(name).setting("work_mem", "5MB").create())
                    .isInstanceOf(ServerErrorException.class)
                    .hasMessageContaining("not today")
                    .hasMessageNotContaining("insert into")
                    .hasMessageNotContaining("5MB");
        }
    }

    @Test
    void pool_declarations_are_stored_changed_withdrawn_and_dropped_with_their_project() {
        try (CitusCluster cluster = connect()) {
            Project project = create(cluster);
            assertThatThrownBy(() -> project.declarePool(" ", 1)).isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> project.declarePool("orders", 0))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("at least 1 connection");
            project.declarePool("orders", 20);
            project.declarePool("orders", 25);
            project.declarePool("reports '; drop", 5);
            assertThat(cluster.capacity().pools())
                    .containsExactly(
                            new DeclaredPool(name, "orders", 25), new DeclaredPool(name, "reports '; drop", 5));
            project.withdrawPool("orders");
            project.withdrawPool("never declared");
            assertThat(cluster.capacity().declaredConnections()).isEqualTo(5);
            project.drop();
            assertThat(cluster.capacity().pools()).isEmpty();
            assertThatThrownBy(() -> project.declarePool("orders", 1)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void unregistered_project_stays_and_can_be_adopted_again() throws Exception {
        try (CitusCluster cluster = connect()) {
            Project project = create(cluster);
            nodes.ask(name, "create table kept (id int)");
            project.unregister();

            assertThat(cluster.projects()).isEmpty();
            assertThatThrownBy(project::unregister).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(project::drop).isInstanceOf(ConflictException.class);
            assertThatThrownBy(() -> create(cluster))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("adoptExisting()");
            assertThat(nodes.ask(name, "select count(*) from kept")).containsExactly("0");

            Project adopted = cluster.project(name)
                    .withUser(name + "_user", Secret.of("known"))
                    .adoptExisting()
                    .create();
            assertThat(TestCluster.besidesTrust(adopted.verify()).isClean()).isTrue();
            nodes.ask(maintenance, "update citus_tenancy.project set state = 'dropping'");
            assertThatThrownBy(adopted::unregister)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("being dropped");
        }
    }

    @Test
    void verify_and_repair_of_all_projects_continue_when_one_fails() throws Exception {
        String other = TestCluster.unique("registered");
        try (CitusCluster cluster = connect()) {
            create(cluster);
            cluster.project(other).withUser(other + "_user", Secret.of("known")).create();
            assertThat(TestCluster.besidesTrust(cluster.verify()).isClean()).isTrue();

            nodes.ask("postgres", "alter database " + name + " connection limit 3");
            nodes.ask("postgres", "alter database " + other + " with allow_connections false");
            assertThat(TestCluster.besidesTrust(cluster.verify()).isClean()).isFalse();
            assertThat(TestCluster.besidesTrust(cluster.verify()).projects()).anySatisfy(verification -> {
                assertThat(verification.project()).isEqualTo(name);
                assertThat(verification.findings()).isNotEmpty();
            });
            assertThat(cluster.verify().toString()).contains(name).contains(other);

            assertThat(cluster.repair()).hasSize(2).allSatisfy(ProjectOutcome::orThrow);
            assertThat(TestCluster.besidesTrust(cluster.verify()).isClean()).isTrue();
        } finally {
            nodes.discard(List.of(other));
        }
    }
}
