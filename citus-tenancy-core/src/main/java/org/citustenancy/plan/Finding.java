package org.citustenancy.plan;

/**
 * A difference between the desired state and the observed state of a node.
 *
 * @param severity the severity
 * @param place the node it was found on
 * @param what the observed state, in one line
 * @param action what fixes it
 */
public record Finding(Severity severity, String place, String what, String action) {

    /** Returns one readable line. */
    @Override
    public String toString() {
        return severity + " " + place + ": " + what + " (" + action + ")";
    }
}
