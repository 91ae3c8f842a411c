package org.citustenancy.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The place of a failure. Each part is present if it is known.
 *
 * @param node the node, as {@code host:port} with its role in the cluster
 * @param database the database
 * @param step the description of the step in the plan
 */
public record Place(Optional<String> node, Optional<String> database, Optional<String> step) {

    private static final Place NOWHERE = new Place(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Returns an unknown place.
     *
     * @return the empty place, to be narrowed with the other methods
     */
    public static Place unknown() {
        return NOWHERE;
    }

    /**
     * Returns this place with a node.
     *
     * @param node the node
     * @return a narrower place
     */
    public Place on(Object node) {
        return new Place(Optional.of(node.toString()), database, step);
    }

    /**
     * Returns this place with a database.
     *
     * @param database the database's name
     * @return a narrower place
     */
    public Place in(String database) {
        return new Place(node, Optional.of(database), step);
    }

    /**
     * Returns this place with a step of a plan.
     *
     * @param step the description of the step
     * @return a narrower place
     */
    public Place at(String step) {
        return new Place(node, database, Optional.of(step));
    }

    /** Returns the known parts in one line, empty if all are unknown. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        node.ifPresent(parts::add);
        database.ifPresent(value -> parts.add("database \"" + value + "\""));
        step.ifPresent(value -> parts.add("step: " + value));
        return String.join(", ", parts);
    }
}
