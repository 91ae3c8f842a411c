package org.citustenancy.internal.backup.restore;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.backup.manifest.BackedUpSequence;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/** Sets sequences to their values in the backup, separately for each node's part. */
final class RestoredSequences {

    private final Session session;

    RestoredSequences(Session session) {
        this.session = session;
    }

    void advance(List<BackedUpSequence> sequences) {
        Map<Integer, Node> workers = new LinkedHashMap<>();
        for (Record row : session.fetch(ClusterQueries.nodes())) {
            workers.put(
                    row.get(PG_DIST_NODE.group),
                    new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)));
        }
        for (BackedUpSequence sequence : sequences) {
            Map<Node, String> commands = new LinkedHashMap<>();
            sequence.lastValues().forEach((group, last) -> {
                Node worker = workers.get(group);
                if (group == 0) {
                    session.fetch(RestoreStatements.advance(sequence.name(), last));
                } else if (worker != null) {
                    commands.put(worker, Sql.text(RestoreStatements.advance(sequence.name(), last)));
                }
            });
            if (!commands.isEmpty()) {
                NodeCommands.on(session).run(commands).values().forEach(answer -> answer.orThrow(session.place()));
            }
        }
    }
}
