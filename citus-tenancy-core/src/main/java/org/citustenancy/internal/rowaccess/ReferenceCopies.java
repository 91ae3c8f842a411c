package org.citustenancy.internal.rowaccess;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;

/**
 * Copies reference tables to the nodes that lack them. Otherwise Citus would copy them as a superuser when the owner
 * next distributes a table.
 */
public final class ReferenceCopies {

    private final Sessions sessions;
    private final ExecutorService threads;
    private final Topology topology;
    private final String project;

    /**
     * Creates the copies for a project.
     *
     * @param threads runs nodes at the same time
     */
    public ReferenceCopies(Sessions sessions, ExecutorService threads, Topology topology, String project) {
        this.sessions = sessions;
        this.threads = threads;
        this.topology = topology;
        this.project = project;
    }

    /**
     * Checks that one role owns the reference tables, so that it may copy them.
     *
     * @throws org.citustenancy.errors.ConflictException if the reference tables belong to several roles
     */
    public void check(Session admin) {
        Optional<RowOwner> unused = owner(admin);
    }

    private static Optional<RowOwner> owner(Session admin) {
        return new RowOwners(admin).of(RowOwnerQueries.references());
    }

    /**
     * Makes the missing copies.
     *
     * @param deadline the time by which they must exist
     * @throws org.citustenancy.errors.ConflictException if the reference tables belong to several roles
     */
    public void make(Session admin, Deadline deadline) {
        List<? extends Record> missing = admin.fetch(WorkerStatements.missingReferenceCopies());
        Optional<RowOwner> owner = missing.isEmpty() ? Optional.empty() : owner(admin);
        if (owner.isEmpty()) {
            return;
        }
        try (RowSessions rows = new RowSessions(sessions, threads, topology, project, deadline);
                Session session = rows.open(owner.get().forCopies())) {
            missing.forEach(copy -> session.fetch(WorkerStatements.copyReferenceTables(
                    copy.get(WorkerStatements.SHARD),
                    new Node(
                            NodeRole.WORKER,
                            copy.get(WorkerStatements.SOURCE_HOST),
                            copy.get(WorkerStatements.SOURCE_PORT)),
                    new Node(
                            NodeRole.WORKER,
                            copy.get(WorkerStatements.TARGET_HOST),
                            copy.get(WorkerStatements.TARGET_PORT)))));
        }
    }
}
