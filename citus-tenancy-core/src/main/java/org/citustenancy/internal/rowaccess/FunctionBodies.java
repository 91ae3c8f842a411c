package org.citustenancy.internal.rowaccess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.PlaceholderStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Restores the bodies of users' functions on the workers that have placeholders. PostgreSQL parses a body that is more
 * than a text, and with it the users' constants, so the sessions have the privileges of the functions' owners.
 */
public final class FunctionBodies {

    private final Sessions sessions;
    private final ExecutorService threads;
    private final Topology topology;
    private final String project;

    /**
     * Creates the restoration for a project.
     *
     * @param threads runs nodes at the same time
     */
    public FunctionBodies(Sessions sessions, ExecutorService threads, Topology topology, String project) {
        this.sessions = sessions;
        this.threads = threads;
        this.topology = topology;
        this.project = project;
    }

    /**
     * Restores the functions that the coordinator has.
     *
     * @param admin an admin's session in the project's database on the coordinator
     * @param deadline the time by which they must be restored
     * @throws org.citustenancy.errors.ServerErrorException if an owner may not create functions in the schema of one
     */
    public void restore(Session admin, Deadline deadline) {
        Map<String, List<Query>> byOwner = new LinkedHashMap<>();
        admin.fetch(PlaceholderStatements.definitions()).forEach(row -> byOwner.computeIfAbsent(
                        row.get(PlaceholderStatements.OWNER), owner -> new ArrayList<>())
                .add(PlaceholderStatements.restoreBody(
                        row.get(PlaceholderStatements.FUNCTION), row.get(PlaceholderStatements.DEFINITION))));
        if (byOwner.isEmpty()) {
            return;
        }
        try (RowSessions rows = new RowSessions(sessions, threads, topology, project, deadline)) {
            byOwner.forEach((owner, statements) -> {
                try (Session session = rows.open(new RowOwner(owner, false, false, false))) {
                    run(session, statements);
                }
            });
        }
    }

    private void run(Session session, List<Query> statements) {
        String command = Sql.text(NodeStatements.atomically(statements));
        Map<Node, String> commands = new LinkedHashMap<>();
        topology.workers().forEach(worker -> commands.put(worker, command));
        NodeCommands.nearest(session).run(commands).values().forEach(answer -> answer.orThrow(session.place()));
    }
}
