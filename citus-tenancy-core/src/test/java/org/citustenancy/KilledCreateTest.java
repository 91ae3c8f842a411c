package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.plan.Step;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.ProjectPicture;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that is killed while it creates a project, and the next one, which finishes the work. */
@Tag("asks-for-passwords")
@RequiresCluster
@Order(1)
class KilledCreateTest {

    private static final Logger LOG = LoggerFactory.getLogger(KilledCreateTest.class);
    private static final int CHILDREN_AT_A_TIME = 2;

    /** With {@code -Dcitustenancy.test.every-step=true} each step is the last one of some victim, otherwise every third. */
    private static final int STRIDE = Boolean.getBoolean("citustenancy.test.every-step") ? 1 : 3;

    private final TestCluster nodes;
    private final ExecutorService threads = Executors.newFixedThreadPool(CHILDREN_AT_A_TIME);

    KilledCreateTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /**
     * One child stops in several projects before it is killed. Steps on roles are done one project at a time, so whoever
     * stops there keeps the others waiting: each child has one such project, the last.
     */
    @Test
    void a_create_that_was_killed_after_any_step_is_completed_by_the_next_one() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            String whole = TestCluster.unique("never_killed");
            ProjectRequest request = cluster.project(whole).withUser(whole + "_user", Secret.of("any"));
            List<Step> plan = request.plan().steps();
            request.create();
            Map<String, List<String>> expected = ProjectPicture.of(nodes, whole, whole + "_user");
            int alone = (int) plan.stream()
                    .takeWhile(step -> !step.sql().startsWith("create database"))
                    .count();
            assertThat(alone).isBetween(1, plan.size() - 1);

            int offset = ThreadLocalRandom.current().nextInt(STRIDE);
            List<Integer> steps = IntStream.rangeClosed(1, plan.size())
                    .filter(step -> step % STRIDE == offset)
                    .boxed()
                    .toList();
            LOG.info("Killed after the steps {} of {}", steps, plan.size());
            List<Integer> lasts = steps.stream().filter(step -> step <= alone).toList();
            int children = Math.max(1, lasts.size());

            List<Future<?>> running = new ArrayList<>();
            for (int child = 0; child < children; child++) {
                List<Victim> victims = new ArrayList<>();
                IntStream.iterate(lasts.size() + child, index -> index < steps.size(), index -> index + children)
                        .mapToObj(index -> Victim.stopped(steps.get(index)))
                        .forEach(victims::add);
                if (child < lasts.size()) {
                    victims.add(Victim.stopped(lasts.get(child)));
                }
                running.add(threads.submit(() -> {
                    kill(victims);
                    complete(cluster, victims, expected);
                    return true;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private void kill(List<Victim> victims) throws Exception {
        try (ChildJvm child = ChildProvisioner.start(nodes)) {
            assertThat(child.hear()).isEqualTo("connected");
            for (Victim victim : victims) {
                child.tell("create " + victim.name() + " " + victim.user() + " " + victim.password() + " "
                        + victim.steps());
                assertThat(child.hear()).isEqualTo("stopped after " + victim.steps());
            }
            child.kill();
        }
    }

    private void complete(CitusCluster cluster, List<Victim> victims, Map<String, List<String>> expected)
            throws SQLException {
        List<ProjectOutcome> outcomes = cluster.create(
                victims.stream().map(victim -> victim.request(cluster)).toList());
        for (int index = 0; index < victims.size(); index++) {
            Victim victim = victims.get(index);
            Project project = outcomes.get(index).orThrow();
            String description = "killed after step " + victim.steps();
            assertThat(ProjectPicture.of(nodes, victim.name(), victim.user()))
                    .as(description)
                    .isEqualTo(expected);
            assertLetsIn(nodes, project.connection(victim.user()));
        }
        nodes.discard(victims.stream().map(Victim::name).toList());
    }

    private static void assertLetsIn(TestCluster cluster, ConnectionInfo connection) throws SQLException {
        Secret password = connection.password();
        // Where nodes trust everybody, getting in says nothing of the password.
        String verifier = cluster.askAll(
                        "postgres", "select rolpassword from pg_authid where rolname = " + literal(connection.user()))
                .get(0);
        assertThat(Verifier.stored(verifier).matches(password)).isTrue();
        assertThat(cluster.ask(
                        cluster.embedded().coordinator(),
                        connection.database(),
                        connection.user(),
                        password.reveal(),
                        "select success from run_command_on_workers('select 1')"))
                .containsExactly("t", "t");
    }

    /** On nodes of its own, since the lock that it holds would keep everybody else from making roles. */
    @Test
    void what_a_killed_process_left_running_on_a_worker_does_not_disturb_the_next() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(TestCluster.authentication()))) {
            leaveRunning(new TestCluster(embedded), "left_running");
        }
    }

    private void leaveRunning(TestCluster own, String name) throws Exception {
        EmbeddedNode worker = own.embedded().workers().get(0);
        try (CitusCluster cluster = own.connect();
                ChildJvm child = ChildProvisioner.start(own);
                Connection holder = own.open(worker, "postgres")) {
            assertThat(child.hear()).isEqualTo("connected");
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table pg_authid in share mode");
            child.tell("create " + name + " " + name + "_user " + ChildProvisioner.GENERATE + " 0");
            Await.until(() -> waitingOnTheWorker(own, worker, name) == 1);
            child.kill();

            Future<Project> next = threads.submit(
                    () -> cluster.project(name).withUser(name + "_user").create());
            Await.until(() -> waitingOnTheWorker(own, worker, name) == 2 || waitingForALock(own, name));
            holder.rollback();

            assertLetsIn(own, next.get().connection(name + "_user"));
        }
    }

    private static int waitingOnTheWorker(TestCluster own, EmbeddedNode worker, String name) throws SQLException {
        return own.ask(
                        worker,
                        "postgres",
                        "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%create role%"
                                + name + "%'")
                .size();
    }

    private static boolean waitingForALock(TestCluster own, String name) throws SQLException {
        return !own.ask(
                        "postgres",
                        "select pid from pg_stat_activity where wait_event = 'advisory' and query like '%pg_advisory_lock%"
                                + name + "%'")
                .isEmpty();
    }

    /** A project whose process is killed after so many steps. The password of every second one is to be generated. */
    private record Victim(String name, int steps) {

        static Victim stopped(int steps) {
            return new Victim(TestCluster.unique("killed"), steps);
        }

        String user() {
            return name + "_user";
        }

        String password() {
            return steps % 2 == 0 ? ChildProvisioner.GENERATE : "given-" + name;
        }

        ProjectRequest request(CitusCluster cluster) {
            ProjectRequest request = cluster.project(name);
            return steps % 2 == 0 ? request.withUser(user()) : request.withUser(user(), Secret.of(password()));
        }
    }
}
