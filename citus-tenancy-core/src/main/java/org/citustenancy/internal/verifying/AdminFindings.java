package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.AdminPassages;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Finds nodes with another password of the admin, and nodes that do not reach each other as the admin. */
public final class AdminFindings {

    private AdminFindings() {}

    /**
     * Queries every node, and makes each node connect to all others.
     *
     * @param password the password that the admin uses
     * @return a finding per node with another password, and one per node that does not reach all others
     */
    public static List<Finding> of(Session maintenance, Topology topology, Secret password) {
        if (topology.workers().isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>(otherPasswords(maintenance, topology, password));
        AdminPassages.closed(maintenance, topology, NodeCommands.nearest(maintenance)::run)
                .forEach((node, unreached) -> findings.add(new Finding(
                        Severity.SEVERE,
                        node.toString(),
                        "no new connection of the admin opens to "
                                + unreached.stream().map(Node::toString).collect(Collectors.joining(" and ")),
                        "check that these nodes run and their pg_hba.conf accepts the admin from this one; write the admin's "
                                + "password into the password file of the server (PGPASSFILE), or call rotateAdminPassword with "
                                + "it, which replaces it in pg_dist_authinfo")));
        return findings;
    }

    /**
     * Returns the nodes with another password. Salts may differ, so only a node that refuses the password that the
     * coordinator accepts has another one.
     */
    private static List<Finding> otherPasswords(Session maintenance, Topology topology, Secret password) {
        if (!accepts(maintenance.ask(BoundQuery.of(AdminRotationStatements.state(true))), password)) {
            return List.of();
        }
        Map<Node, Boolean> others = new LinkedHashMap<>();
        NodeCommands.nearest(maintenance)
                .ask(topology.workers(), AdminRotationStatements.state(true))
                .forEach((worker, answer) -> others.put(worker, answer.success() && !accepts(answer.text(), password)));
        return others.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(worker -> new Finding(
                        Severity.SEVERE,
                        worker.getKey().toString(),
                        "the admin has another password than on the coordinator",
                        "call rotateAdminPassword with the password that all nodes are to have"))
                .toList();
    }

    private static boolean accepts(String state, Secret password) {
        return Verifier.stored(state.substring(state.indexOf(' ') + 1)).matches(password);
    }
}
