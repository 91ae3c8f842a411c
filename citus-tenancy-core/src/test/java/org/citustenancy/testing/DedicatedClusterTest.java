package org.citustenancy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Who asks for a cluster of its own does not get the one that the others share, which may be running already. */
@Tag("once")
@RequiresCluster(citus = false, ofItsOwn = true)
@ExtendWith(DedicatedClusterTest.OfAll.class)
@TestInstance(Lifecycle.PER_CLASS)
class DedicatedClusterTest {

    private final Set<Integer> ports = new HashSet<>();

    @Test
    void class_gets_its_own_cluster(EmbeddedCluster shared, TestCluster own) {
        assertOwn(shared, own);
    }

    @Test
    void tests_of_a_class_share_its_cluster(EmbeddedCluster shared, TestCluster own) {
        assertOwn(shared, own);
    }

    private void assertOwn(EmbeddedCluster shared, TestCluster own) {
        ports.add(own.embedded().coordinator().port());

        assertThat(ports).hasSize(1).doesNotContain(shared.coordinator().port());
    }

    /** Gives the one that is shared. */
    static final class OfAll implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == EmbeddedCluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return SharedCluster.in(context.getRoot()).embedded();
        }
    }
}
