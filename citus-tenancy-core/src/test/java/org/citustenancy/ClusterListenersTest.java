package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.progress.Activity;
import org.citustenancy.progress.Count;
import org.citustenancy.progress.Progress;
import org.citustenancy.progress.Volume;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

class ClusterListenersTest {

    private final ClusterListeners listeners = new ClusterListeners();
    private final List<String> notified = new ArrayList<>();

    @Test
    void other_listeners_are_notified_when_a_password_listener_fails() {
        listeners.add((String user, Secret password, List<String> projects) -> {
            throw new IllegalStateException("no pool of this user");
        });
        listeners.add((String user, Secret password, List<String> projects) -> notified.add(user));

        listeners.passwordChanged("shop_user", Secret.of("changed-Password"), List.of("shop"));

        assertThat(notified).containsExactly("shop_user");
    }

    @Test
    void other_listeners_are_notified_when_a_topology_listener_fails() {
        Topology now =
                new Topology(new Node(NodeRole.COORDINATOR, "citus", 5432), List.of(), true, Set.of(), Map.of(), true);
        listeners.add(topology -> {
            throw new IllegalStateException("no pool of this node");
        });
        listeners.add(topology -> notified.add(topology.coordinator().host()));

        listeners.topologyChanged(() -> now);

        assertThat(notified).containsExactly("citus");
    }

    @Test
    void other_listeners_are_notified_when_a_progress_listener_fails() {
        listeners.report(progress -> {
            throw new IllegalStateException("no terminal");
        });
        listeners.report(progress -> notified.add(progress.subject()));

        listeners.progressed(new Progress(
                Activity.BACKUP,
                "shop",
                Progress.DONE,
                new Count(1, 1, "tables"),
                Volume.NONE,
                1,
                Instant.EPOCH,
                Duration.ZERO));

        assertThat(notified).containsExactly("shop");
    }
}
