package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RemovalPlanner;

/** Takes a project's database from nodes. */
public final class DatabaseRemoval {

    private DatabaseRemoval() {}

    /**
     * Drops it. Where something inside has to be taken away first, it is closed, and looked at again: more of it may have come
     * until no session could enter.
     *
     * @param looking asks the nodes what is there
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
