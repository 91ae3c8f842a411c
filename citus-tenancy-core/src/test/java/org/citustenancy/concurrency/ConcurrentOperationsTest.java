package org.citustenancy.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes that create, change, copy and drop the same projects with the same users. Each is refused now and then, and
 * nothing else; and in the end the nodes are as the registry says. They do so for {@code -Dcitustenancy.test.together.seconds=…}
 * (20), as {@code -Dcitustenancy.test.together.seed=…} draws it.
 */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster
class ConcurrentOperationsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ConcurrentOperationsTest.class);
    private static final int PROCESSES = 4;
    private static final long SECONDS = Long.getLong("citustenancy.test.together.seconds", 20);

    private final TestCluster nodes;
    private final String prefix = TestCluster.unique("crowd");

    ConcurrentOperationsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void concurrent_operations_complete_or_are_refused_and_leave_a_consistent_cluster() throws Exception {
        long seed = Long.getLong("citustenancy.test.together.seed", new Random().nextLong());
        LOG.info("The seed is {}", seed);
        List<ChildJvm> crowd = new ArrayList<>();
        try {
            for (int member = 0; member < PROCESSES; member++) {
                crowd.add(CrowdMember.start(nodes, prefix, seed + member, SECONDS));
            }
            List<String> failures = new ArrayList<>();
            for (ChildJvm member : crowd) {
                String said = member.hear();
                while (!said.startsWith("ended")) {
                    assertThat(said).isNotEqualTo("null");
                    failures.add(said);
                    said = member.hear();
                }
                LOG.info(said);
            }
            assertThat(failures).as("what must not be seen, seed %s", seed).isEmpty();
        } finally {
            crowd.forEach(ChildJvm::close);
        }
        assertConsistent();
    }

    private void assertConsistent() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            List<RegisteredProject> projects = cluster.projects().stream()
                    .filter(project -> project.name().startsWith(prefix))
                    .toList();
            TreeSet<String> users = new TreeSet<>();
            for (RegisteredProject project : projects) {
                assertThat(project.state()).as(project.name()).isEqualTo(ProjectState.READY);
                assertThat(TestCluster.besidesTrust(
                                        cluster.getProject(project.name()).verify())
                                .findings())
                        .as(project.name())
                        .isEmpty();
                users.addAll(project.users());
            }
            assertThat(nodes.askAll(
                            "postgres",
                            bind(
                                    "select datname from pg_database where datname ~ ? order by datname collate \"C\"",
                                    "^" + prefix + "_")))
                    .containsExactlyElementsOf(projects.stream()
                            .map(RegisteredProject::name)
                            .sorted()
                            .toList());
            assertThat(nodes.askAll(
                            "postgres",
                            bind(
                                    "select rolname from pg_roles where rolname ~ ? order by rolname collate \"C\"",
                                    "^" + prefix + "_")))
                    .as("roles: those of users, and of one who has left the last project perhaps, which stays")
                    .containsAll(users)
                    .isSubsetOf(Stream.concat(users.stream(), Stream.of(prefix + "_reader"))
                            .toList());
        }
    }
}
