package org.citustenancy.reports.advice;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The figures from which a criterion supports a move. Immutable; each method returns a changed copy.
 *
 * @param sizeShare share of the bytes of all projects, from 0 to 1
 * @param connectionShare share of the sessions that projects may have on a node, from 0 to 1, on the node where it is
 * greatest
 * @param commitShare share of the committed transactions of all projects, from 0 to 1
 * @param skew the ratio of the fullest node to the average one; 1 is even
 */
public record Thresholds(double sizeShare, double connectionShare, double commitShare, double skew) {

    /** Half of the total, and one node twice as full as the average. */
    public static final Thresholds STANDARD = new Thresholds(0.5, 0.5, 0.5, 2);

    /** Rejects thresholds that no figure or every figure reaches. */
    public Thresholds {
        share("size", sizeShare);
        share("connections", connectionShare);
        share("commits", commitShare);
        if (!(skew > 1)) {
            throw new InvalidRequestException(Failure.of("A skew of " + skew + " is reached by every project")
                    .fix("give more than 1"));
        }
    }

    private static void share(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new InvalidRequestException(Failure.of("A share of " + share + " of " + name + " is none")
                    .fix("give more than 0, and 1 at most"));
        }
    }

    /**
     * Changes the share of size.
     *
     * @param share from 0 to 1
     * @return a copy
     */
    public Thresholds sizeShare(double share) {
        return new Thresholds(share, connectionShare, commitShare, skew);
    }

    /**
     * Changes the share of connections.
     *
     * @param share from 0 to 1
     * @return a copy
     */
    public Thresholds connectionShare(double share) {
        return new Thresholds(sizeShare, share, commitShare, skew);
    }

    /**
     * Changes the share of commits.
     *
     * @param share from 0 to 1
     * @return a copy
     */
    public Thresholds commitShare(double share) {
        return new Thresholds(sizeShare, connectionShare, share, skew);
    }

    /**
     * Changes the skew.
     *
     * @param factor more than 1
     * @return a copy
     */
    public Thresholds skew(double factor) {
        return new Thresholds(sizeShare, connectionShare, commitShare, factor);
    }
}
