package org.citustenancy.internal.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.workers.NodeChange;
import org.junit.jupiter.api.Test;

class FailureReasonsTest {

    private static final Node WORKER = new Node(NodeRole.WORKER, "citus-worker-1", 5432);

    @Test
    void failures_of_several_projects_name_a_node_that_is_down_once() {
        Map<String, CitusTenancyException> failures = new LinkedHashMap<>();
        failures.put("shop", unreachable("shop", "connection refused"));
        failures.put("blog", unreachable("blog", "the connection was closed"));
        failures.put("wiki", new ConflictException(Failure.of("Its shards are being moved")));

        assertThat(FailureReasons.of(failures))
                .hasToString("\"shop\", \"blog\": the worker citus-worker-1:5432 does not answer; start it; "
                        + "\"wiki\": Its shards are being moved");
        assertThatThrownBy(() -> new NodeChange(WORKER, List.of(), Map.of(), failures, Duration.ZERO).orThrow())
                .isInstanceOf(IncompleteException.class)
                .hasMessageContainingAll("\"shop\", \"blog\": the worker", "\"wiki\": Its shards")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(3));
    }

    private static NodeUnreachableException unreachable(String database, String how) {
        return new NodeUnreachableException(
                Failure.of(how).where(Place.unknown().on(WORKER).in(database)).fix("start it"));
    }
}
