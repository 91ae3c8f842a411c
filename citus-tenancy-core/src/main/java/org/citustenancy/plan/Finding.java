package org.citustenancy.plan;

/**
 * A difference between the desired state and what a node says.
 *
 * @param severity how much it matters
 * @param place the node it was found on
 * @param what what is so, in one line
 * @param action what fixes it
 */
public record Finding(Severity severity, String place, String what, String action) {

    /** One line for people. */
    @Override
    public String toString() {
        return severity + " " + place + ": " + what + " (" + action + ")";
    }
}
