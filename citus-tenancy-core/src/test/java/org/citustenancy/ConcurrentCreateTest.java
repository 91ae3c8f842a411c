package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same new project, wanted by many at the same time. */
@Tag("asks-for-passwords")
@RequiresCluster
class ConcurrentCreateTest {

    private static final int THREADS = 16;
    private static final int PROCESSES = 4;

    private final TestCluster nodes;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<ChildJvm> children = new ArrayList<>();

    ConcurrentCreateTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        children.forEach(ChildJvm::close);
    }

    @Test
    void concurrent_creates_succeed_with_one_project_and_the_same_password_on_every_node() throws Exception {
        String name = TestCluster.unique("contested");
        String user = name + "_user";
        for (int number = 0; number < PROCESSES; number++) {
            children.add(ChildProvisioner.start(nodes));
        }
        for (ChildJvm child : children) {
            assertThat(child.hear()).isEqualTo("connected");
        }
        try (CitusCluster cluster = nodes.connect()) {
            List<Future<String>> running = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int number = 0; number < THREADS; number++) {
                running.add(threads.submit(() -> {
                    start.await();
                    Project project = cluster.project(name)
                            .withUser(user, Secret.of("the-same-one"))
                            .create();
                    return project.result().orElseThrow().changed() ? "changed" : "unchanged";
                }));
            }
            start.countDown();
            for (ChildJvm child : children) {
                child.tell("create " + name + " " + user + " the-same-one");
            }

            List<String> outcomes = new ArrayList<>();
            for (Future<String> thread : running) {
                outcomes.add(thread.get());
            }
            for (ChildJvm child : children) {
                outcomes.add(child.hear());
            }

            List<String> expected = new ArrayList<>(Collections.nCopies(THREADS + PROCESSES - 1, "unchanged"));
            expected.add("changed");
            assertThat(outcomes).containsExactlyInAnyOrderElementsOf(expected);
            assertThatNodes(nodes).hasConnectionLimit(name, -1);
            assertThat(nodes.askAll("postgres", bind("select rolpassword from pg_authid where rolname = ?", user)))
                    .singleElement()
                    .satisfies(verifier -> assertThat(Verifier.stored(verifier).matches(Secret.of("the-same-one")))
                            .isTrue());
            assertThat(cluster.projects())
                    .filteredOn(project -> project.name().equals(name))
                    .singleElement()
                    .satisfies(project -> assertThat(project.state()).isEqualTo(ProjectState.READY));
            assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify())
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void concurrent_creates_generate_one_password() throws Exception {
        String name = TestCluster.unique("generated_once");
        String user = name + "_user";
        try (CitusCluster cluster = nodes.connect()) {
            List<Future<Project>> running = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                running.add(threads.submit(
                        () -> cluster.project(name).withUser(user).create()));
            }

            List<Secret> passwords = new ArrayList<>();
            for (Future<Project> thread : running) {
                Project project = thread.get();
                if (project.connection(user).hasPassword()) {
                    passwords.add(project.connection(user).password());
                }
            }

            String verifier = nodes.askAll(
                            "postgres", bind("select rolpassword from pg_authid where rolname = ?", user))
                    .get(0);
            assertThat(passwords).singleElement().satisfies(password -> assertThat(
                            Verifier.stored(verifier).matches(password))
                    .isTrue());
        }
    }
}
