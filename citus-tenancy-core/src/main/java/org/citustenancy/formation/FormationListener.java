package org.citustenancy.formation;

import java.time.Duration;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;

/** Is told how the forming of a cluster goes on, by the thread that forms it and by those that work for it. */
public interface FormationListener {

    /** A listener that does nothing. */
    FormationListener NONE = new FormationListener() {};

    /**
     * A server does not answer yet. Told after every attempt, about twice a second.
     *
     * @param node the server
     * @param reason what came instead of an answer
     * @param remaining how much longer it is waited for
     */
    default void waiting(Node node, String reason, Duration remaining) {}

    /**
     * A step has ended without a failure.
     *
     * @param outcome what became of it
     */
    default void stepEnded(StepOutcome outcome) {}
}
