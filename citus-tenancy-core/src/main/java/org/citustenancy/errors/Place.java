package org.citustenancy.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where something happened. Each part is there if it is known.
 *
 * @param node the node, as {@code host:port} with its part in the cluster
 * @param database the database
 * @param step the step of the plan, in its own plain words
 */
public record Place(Optional<String> node, Optional<String> database, Optional<String> step) {

    private static final Place NOWHERE = new Place(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A place that nothing is known of.
     *
     * @return the empty place, to be narrowed with the other methods
     */
    public static Place unknown() {
        return NOWHERE;
    }

    /**
     * This place, on a node.
     *
     * @param node the node
     * @return a narrower place
     */
    public Place on(Object node) {
        return new Place(Optional.of(node.toString()), database, step);
    }

    /**
     * This place, in a database.
     *
     * @param database the database's name
     * @return a narrower place
     */
    public Place in(String database) {
        return new Place(node, Optional.of(database), step);
    }

    /**
     * This place, at a step of a plan.
     *
     * @param step what the step does
     * @return a narrower place
     */
    public Place at(String step) {
        return new Place(node, database, Optional.of(step));
    }

    /** The known parts in one line, empty if none is. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        node.ifPresent(parts::add);
        database.ifPresent(value -> parts.add("database \"" + value + "\""));
        step.ifPresent(value -> parts.add("step: " + value));
        return String.join(", ", parts);
    }
}
