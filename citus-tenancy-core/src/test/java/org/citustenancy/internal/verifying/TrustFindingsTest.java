package org.citustenancy.internal.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.junit.jupiter.api.Test;

/** How much a rule matters that trusts clients depends on whether sessions of other nodes come from the same host. */
class TrustFindingsTest {

    private static final Node FAR = new Node(NodeRole.WORKER, "citus-worker-1", 5432);

    private static List<Finding> found(Node coordinator, String type, String address, String method) {
        Topology topology = new Topology(coordinator, List.of(FAR), false, Set.of(), Map.of(), true);
        String mask = address.startsWith("127.") ? "255.255.255.255" : "";
        HbaRule rule = new HbaRule(7, type, List.of("all"), List.of("all"), address, mask, method);
        return HbaFindings.of(
                coordinator,
                HbaFindings.isReachedFromItsHost(coordinator, topology),
                List.of(rule),
                Set.of("app_user"),
                Set.of("app"));
    }

    private static Node coordinator(String host) {
        return new Node(NodeRole.COORDINATOR, host, 5432);
    }

    @Test
    void trust_over_loopback_is_severe_when_nodes_connect_over_loopback() {
        assertThat(found(coordinator("127.0.0.1"), "host", "127.0.0.1", "trust"))
                .singleElement()
                .returns(Severity.SEVERE, Finding::severity);
        assertThat(found(coordinator("citus-worker-1"), "host", "127.0.0.1", "trust"))
                .singleElement()
                .returns(Severity.SEVERE, Finding::severity);
        assertThat(found(coordinator("citus-master"), "host", "127.0.0.1", "trust"))
                .singleElement()
                .returns(Severity.WARNING, Finding::severity)
                .extracting(Finding::what)
                .asString()
                .contains("`trust` authentication disables isolation")
                .contains("session that the server opens to itself")
                .contains("line 7: host all all 127.0.0.1 255.255.255.255 trust");
    }

    @Test
    void trust_over_a_socket_is_a_warning_and_peer_is_accepted() {
        assertThat(found(coordinator("127.0.0.1"), "local", "", "trust"))
                .singleElement()
                .returns(Severity.WARNING, Finding::severity)
                .extracting(Finding::what)
                .asString()
                .endsWith("(line 7: local all all trust)");
        assertThat(found(coordinator("127.0.0.1"), "local", "", "peer")).isEmpty();
    }

    @Test
    void passwords_over_loopback_are_accepted_without_tls() {
        assertThat(found(coordinator("127.0.0.1"), "host", "127.0.0.1", "scram-sha-256"))
                .isEmpty();
    }
}
