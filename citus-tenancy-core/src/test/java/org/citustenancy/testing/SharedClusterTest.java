package org.citustenancy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Who asks for a cluster of its own does not get the one that the others share. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class SharedClusterTest {

    private final Set<Integer> shared = new HashSet<>();

    private static int port(TestCluster nodes) {
        return nodes.embedded().coordinator().port();
    }

    @Test
    void all_tests_share_one(TestCluster nodes) {
        shared.add(port(nodes));

        assertThat(shared).hasSize(1);
    }

    @Nested
    @RequiresCluster(ofItsOwn = true)
    @TestInstance(Lifecycle.PER_CLASS)
    class Apart {

        private final Set<Integer> own = new HashSet<>();

        @Test
        void a_class_has_its_own(TestCluster nodes) {
            assertOwn(nodes);
        }

        @Test
        void which_its_tests_share(TestCluster nodes) {
            assertOwn(nodes);
        }

        private void assertOwn(TestCluster nodes) {
            own.add(port(nodes));

            assertThat(own).hasSize(1);
            assertThat(shared).hasSize(1).doesNotContainAnyElementsOf(own);
        }
    }
}
