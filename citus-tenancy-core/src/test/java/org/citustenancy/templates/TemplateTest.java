package org.citustenancy.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.cloning.CloneOptions;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.EveryKind;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project is filled once, and others are copies of it. */
@Tag("asks-for-passwords")
@RequiresCluster
class TemplateTest {

    private static final Secret PASSWORD = Secret.of("template-Password");

    private static ProjectRequest request(CitusCluster cluster, String name) {
        return request(cluster, name, name);
    }

    private static ProjectRequest request(CitusCluster cluster, String project, String name) {
        return cluster.project(project)
                .withUser(name + "_user", PASSWORD)
                .withReadOnlyUser(name + "_reader", PASSWORD)
                .withTableUser(name + "_table", PASSWORD, "note")
                .setting("work_mem", "5MB");
    }

    private static List<String> asUser(TestCluster nodes, String database, String user, String sql)
            throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), database, user, PASSWORD.reveal(), sql);
    }

    private static void fill(TestCluster nodes, Project project) {
        try {
            EveryKind.makeIn(nodes, project.name(), project.users().get(0));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void copies_have_everything_of_the_template(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("mould");
        String model = TestCluster.unique("model");
        String owner = name + "_user";
        try (CitusCluster cluster = nodes.connect()) {
            Project like = request(cluster, model, name).create();
            fill(nodes, like);
            like.repair();
            AtomicInteger filled = new AtomicInteger();
            ProjectTemplate template = cluster.template(request(cluster, name), "first", project -> {
                filled.incrementAndGet();
                fill(nodes, project);
            });
            assertThat(cluster.projects())
                    .filteredOn(project -> project.name().equals(name))
                    .extracting(RegisteredProject::state)
                    .containsExactly(ProjectState.SEALED);
            assertThat(cluster.verify().failures()).doesNotContainKey(name);
            assertThatThrownBy(() -> request(cluster, name).create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("template");

            List<Project> copies = together(4, number -> template.create(name + "_" + number));

            for (Project copy : copies) {
                assertThat(TestCluster.besidesTrust(copy.verify()).findings()).isEmpty();
                assertThat(copy.users()).containsExactly(owner, name + "_reader", name + "_table");
                EveryKind.assertSame(nodes, model, copy.name());
                assertThat(ProjectPicture.of(nodes, copy.name(), owner))
                        .isEqualTo(ProjectPicture.of(nodes, model, owner));
                assertThat(asUser(nodes, copy.name(), name + "_table", "select count(*) from note"))
                        .containsExactly("2");
            }
            refusesTakenNames(nodes, template, copies.get(0).name());
            // They are apart from each other, and grow like any other project.
            String first = copies.get(0).name();
            asUser(nodes, first, owner, "insert into note values (77, null)");
            asUser(nodes, first, owner, "create table later (id bigint primary key)");
            asUser(nodes, first, owner, "select create_distributed_table('later', 'id')");
            asUser(nodes, first, owner, "insert into later select generate_series(1, 100)");
            assertThat(asUser(nodes, first, name + "_reader", "select count(*) from later"))
                    .containsExactly("100");
            assertThat(asUser(nodes, copies.get(1).name(), owner, "select count(*) from note"))
                    .containsExactly("2");

            ProjectTemplate again =
                    cluster.template(request(cluster, name), "first", project -> filled.incrementAndGet());
            assertThat(filled).hasValue(1);
            again.drop();

            EmbeddedNode worker = nodes.embedded().workers().get(0);
            nodes.ask(first, "select citus_activate_node('127.0.0.1', " + worker.port() + ")");
            // By which Citus takes grants and settings away from that worker, as it does in any project.
            copies.get(0).repair();
            assertThat(TestCluster.besidesTrust(copies.get(0).verify()).findings())
                    .isEmpty();
            Project limited = cluster.project(first).connectionLimit(71).create();
            assertThat(TestCluster.besidesTrust(limited.verify()).findings()).isEmpty();
            for (Project copy : copies) {
                copy.drop();
            }
            like.drop();
        }
        assertThatNodes(nodes).hasNoRoleStartingWith(name);
    }

    private static void refusesTakenNames(TestCluster nodes, ProjectTemplate template, String copy)
            throws SQLException {
        String byHand = TestCluster.unique("by_hand");
        EmbeddedNode worker = nodes.embedded().workers().get(1);
        nodes.ask(worker, "postgres", "create database " + byHand);

        for (String taken : List.of(copy, byHand)) {
            assertThatThrownBy(() -> template.create(taken))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("\"" + taken + "\" already");
        }

        assertThat(nodes.ask("postgres", bind("select 1 from citus_tenancy.project where name = ?", byHand)))
                .isEmpty();
        nodes.ask(worker, "postgres", "drop database " + byHand);
    }

    @Test
    @Tag("long")
    void processes_share_a_template_with_the_same_version(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("shared_mould");
        AtomicInteger filled = new AtomicInteger();
        try (CitusCluster one = nodes.connect();
                CitusCluster other = nodes.connect()) {
            List<CitusCluster> clusters = List.of(one, other);
            List<ProjectTemplate> templates = together(2, number -> {
                CitusCluster cluster = clusters.get(number);
                return cluster.template(cluster.project(name).withUser(name + "_user", PASSWORD), "v1", project -> {
                    filled.incrementAndGet();
                    ask(nodes, name, "create table v1 (id int)");
                });
            });
            assertThat(filled).hasValue(1);
            ProjectTemplate old = templates.get(0);
            assertThat(nodes.ask(old.create(name + "_1").name(), "select count(*) from v1"))
                    .containsExactly("0");

            ProjectTemplate now = other.template(
                    other.project(name).withUser(name + "_user", PASSWORD),
                    "v2",
                    project -> ask(nodes, name, "create table v2 (id int)"));
            assertThatThrownBy(() -> old.create(name + "_2"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("not what it was made for");
            assertThat(nodes.ask(now.create(name + "_3").name(), "select count(*) from v2"))
                    .containsExactly("0");
            assertThat(one.projects()).extracting(RegisteredProject::name).doesNotContain(name + "_2");
            one.getProject(name + "_1").drop();
            one.getProject(name + "_3").drop();
            now.drop();
        }
    }

    @Test
    void failed_preparation_leaves_nothing(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("broken_mould");
        try (CitusCluster cluster = nodes.connect()) {
            assertThatThrownBy(() -> cluster.template(request(cluster, name), "v1", project -> {
                        throw new IllegalStateException("no such migration");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no such migration");
            assertThat(cluster.projects()).extracting(RegisteredProject::name).doesNotContain(name);
            assertThatNodes(nodes).hasNoDatabase(name).hasNoRoleStartingWith(name);

            cluster.project(name).withUser(name + "_user", PASSWORD).create();
            assertThatThrownBy(() -> cluster.template(request(cluster, name), "v1", project -> {}))
                    .isInstanceOf(ConflictException.class);
            cluster.getProject(name).drop();
        }
    }

    @Test
    @Tag("long")
    void template_with_an_outdated_password_is_recreated(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("aged_mould");
        String user = name + "_user";
        Secret another = Secret.of("another-Password");
        AtomicInteger filled = new AtomicInteger();
        Consumer<Project> filling = project -> {
            filled.incrementAndGet();
            ask(nodes, name, "create table t (id int)");
            project.tables().distribute("t", "id", options -> options.shardCount(4));
        };
        try (CitusCluster cluster = nodes.connect()) {
            ProjectTemplate old = cluster.template(cluster.project(name).withUser(user, PASSWORD), "v1", filling);
            Project before = old.create(name + "_1");

            cluster.users().rotatePassword(user, another);

            assertThat(TestCluster.besidesTrust(before.verify()).findings()).isEmpty();
            assertThatThrownBy(() -> old.create(name + "_2"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("not what it was made for");
            ProjectTemplate now = cluster.template(cluster.project(name).withUser(user, another), "v1", filling);
            Project after = now.create(name + "_3");
            assertThat(filled).hasValue(2);
            assertThat(TestCluster.besidesTrust(after.verify()).findings()).isEmpty();
            for (Project copy : List.of(before, after)) {
                assertThat(nodes.ask(
                                nodes.embedded().coordinator(),
                                copy.name(),
                                user,
                                another.reveal(),
                                "select success from run_command_on_workers('select 1')"))
                        .containsExactly("t", "t");
                copy.drop();
            }
            now.drop();
        }
    }

    @Test
    @Tag("long")
    void template_stays_in_use_when_a_rotation_cannot_begin(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("kept_mould");
        String user = name + "_user";
        AtomicInteger filled = new AtomicInteger();
        Consumer<Project> filling = project -> {
            filled.incrementAndGet();
            ask(nodes, name, "create table t (id int)");
            project.tables().distribute("t", "id", options -> options.shardCount(4));
        };
        try (CitusCluster cluster = nodes.connect();
                CitusCluster hurried = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(5)))) {
            ProjectTemplate template = cluster.template(cluster.project(name).withUser(user, PASSWORD), "v1", filling);
            Project busy = template.create(name + "_1");
            try (Connection reader = nodes.open(nodes.embedded().coordinator(), busy.name())) {
                reader.setAutoCommit(false);
                TestCluster.ask(reader, "select count(*) from t");

                assertThatThrownBy(() -> hurried.users().rotatePassword(user, Secret.of("another-Password")))
                        .isInstanceOf(DeadlineExceededException.class);
            }

            Project copy = template.create(name + "_2");
            ProjectTemplate same = cluster.template(cluster.project(name).withUser(user, PASSWORD), "v1", filling);
            assertThat(filled).hasValue(1);
            for (Project project : List.of(busy, copy)) {
                assertThat(TestCluster.besidesTrust(project.verify()).findings())
                        .isEmpty();
                assertThat(asUser(nodes, project.name(), user, "select count(*) from t"))
                        .containsExactly("0");
                project.drop();
            }
            same.drop();
        }
    }

    @Test
    void documented_example_runs(TestCluster nodes) {
        String name = TestCluster.unique("shown");
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(name + "_user", PASSWORD).create();
            // begin copies-clone
            Project project = cluster.getProject(name);
            Project copy = project.cloneTo(name + "_pr_42", CloneOptions::endingSessions);
            // end copies-clone
            assertThat(TestCluster.besidesTrust(copy.verify()).findings()).isEmpty();
            copy.drop();
            project.drop();
            // begin copies-template
            ProjectRequest request = cluster.project(name).withUser(name + "_user", PASSWORD);
            ProjectTemplate template = cluster.template(
                    request, "version 7", filled -> filled.tables().list()); // fill it here, by Flyway for example
            Project first = template.create(name + "_1");
            Project second = template.create(name + "_2");
            // end copies-template
            assertThat(TestCluster.besidesTrust(first.verify()).findings()).isEmpty();
            second.drop();
            first.drop();
            template.drop();
        }
    }

    private static void ask(TestCluster nodes, String database, String sql) {
        try {
            nodes.ask(database, sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** What is done for a number. */
    private interface Numbered<T> {

        T apply(int number);
    }

    private static <T> List<T> together(int times, Numbered<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Future<T>> begun = new ArrayList<>();
            for (int number = 0; number < times; number++) {
                int mine = number;
                begun.add(threads.submit(() -> work.apply(mine)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : begun) {
                results.add(each.get(5, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
