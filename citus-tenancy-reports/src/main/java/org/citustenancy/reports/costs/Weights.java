package org.citustenancy.reports.costs;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The weights by which a cluster's cost is divided.
 *
 * @param size the weight of size
 * @param connections the weight of connections, relative to that of size
 */
public record Weights(int size, int connections) {

    /** By size alone. */
    public static final Weights SIZE = new Weights(1, 0);

    /** By connections alone. */
    public static final Weights CONNECTIONS = new Weights(0, 1);

    /** Rejects weights that do not allow a division. */
    public Weights {
        if (size < 0 || connections < 0 || size + connections == 0) {
            throw new InvalidRequestException(
                    Failure.of("Nothing can be divided by weights of " + size + " and " + connections)
                            .fix("give no negative ones, and at least one that is not zero"));
        }
    }

    double sizePart() {
        return (double) size / (size + connections);
    }
}
