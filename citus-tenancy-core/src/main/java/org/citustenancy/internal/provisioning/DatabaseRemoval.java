package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RemovalPlanner;

/** Removes a project's database from nodes. */
public final class DatabaseRemoval {

    private DatabaseRemoval() {}

    /**
     * Drops the database. If objects inside must be removed first, the database is closed and observed again, because
     * sessions may have created more objects until it was closed.
     *
     * @param looking observes the nodes and creates a planner
     * @param running runs steps
     */
    public static void run(Supplier<RemovalPlanner> looking, Consumer<List<PlannedStep>> running) {
        RemovalPlanner planner = looking.get();
        List<PlannedStep> closing = planner.close();
        if (!closing.isEmpty()) {
            running.accept(closing);
            planner = looking.get();
        }
        running.accept(planner.drop());
    }
}
