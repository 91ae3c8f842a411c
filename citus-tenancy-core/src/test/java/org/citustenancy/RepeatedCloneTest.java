package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.cloning.CloneOptions;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.cloning.ProjectCloner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A clone that another session was in the way of for a moment. */
@Tag("long")
@Tag("once")
@RequiresCluster
class RepeatedCloneTest {

    private final TestCluster nodes;
    private final AtomicBoolean failed = new AtomicBoolean();

    RepeatedCloneTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void second_attempt_opens_the_original_when_the_first_made_the_copy() {
        String name = TestCluster.unique("again");
        String copy = TestCluster.unique("again_copy");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("again-Password"))
                    .create();

            Provisioned clone =
                    new ProjectCloner(cluster.internals(), name, CloneOptions.STANDARD).cloneTo(copy, failingOnce());

            assertThat(failed).isTrue();
            assertThat(clone.result().outcomes())
                    .filteredOn(outcome -> outcome.step().description().contains("open \"" + name + "\" again"))
                    .extracting(outcome -> outcome.step().node())
                    .containsExactlyInAnyOrderElementsOf(cluster.topology().nodes());
            assertSound(project);
            assertSound(cluster.getProject(copy));
            cluster.getProject(copy).drop();
            project.drop();
        }
    }

    /** Fails where a node has copied the database, as one of the others does when a session is in its database. */
    private StepListener failingOnce() {
        return (database, outcome) -> {
            if (outcome.step().sql().startsWith("create database") && failed.compareAndSet(false, true)) {
                throw new StepFailedException(
                        Failure.of("another session is in it"),
                        new ServerErrorException("55006", "another session is in it", Place.unknown()));
            }
        };
    }

    private static void assertSound(Project project) {
        assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
    }
}
