package org.citustenancy.reports.costs;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * By what a cluster's cost is divided.
 *
 * @param size how much size counts
 * @param connections how much connections count, in the same measure
 */
public record Weights(int size, int connections) {

    /** By size alone. */
    public static final Weights SIZE = new Weights(1, 0);

    /** By connections alone. */
    public static final Weights CONNECTIONS = new Weights(0, 1);

    /** Refuses weights by which nothing can be divided. */
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
