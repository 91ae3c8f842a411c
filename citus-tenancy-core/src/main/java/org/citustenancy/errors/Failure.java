package org.citustenancy.errors;

/**
 * The contents of every exception of this library.
 *
 * @param what what happened, in one sentence
 * @param where where it happened
 * @param state the steps that were completed before and remain in effect, empty if nothing was changed
 * @param fix what you can do about it
 */
public record Failure(String what, Place where, String state, String fix) {

    /**
     * Creates a failure with a description only.
     *
     * @param what what happened
     * @return a failure, to be completed with the other methods
     */
    public static Failure of(String what) {
        return new Failure(what, Place.unknown(), "", "");
    }

    /**
     * Returns this failure with its place.
     *
     * @param where where it happened
     * @return the changed failure
     */
    public Failure where(Place where) {
        return new Failure(what, where, state, fix);
    }

    /**
     * Returns this failure with the steps that remain in effect.
     *
     * @param state the completed steps
     * @return the changed failure
     */
    public Failure state(String state) {
        return new Failure(what, where, state, fix);
    }

    /**
     * Returns this failure with its fix.
     *
     * @param fix what you can do
     * @return the changed failure
     */
    public Failure fix(String fix) {
        return new Failure(what, where, state, fix);
    }

    /** Returns the message of an exception with all parts of the failure. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        String place = where.toString();
        if (!place.isEmpty()) {
            text.append(". at: ").append(place);
        }
        if (!state.isEmpty()) {
            text.append(". state: ").append(state);
        }
        if (!fix.isEmpty()) {
            text.append(". fix: ").append(fix);
        }
        return text.toString();
    }
}
