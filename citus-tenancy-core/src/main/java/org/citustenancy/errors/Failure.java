package org.citustenancy.errors;

/**
 * What every exception of this library says.
 *
 * @param what what happened, in one sentence
 * @param where where it happened
 * @param state what was done before it happened and still stands, empty if nothing was changed
 * @param fix what you can do about it
 */
public record Failure(String what, Place where, String state, String fix) {

    /**
     * A failure of which only the sentence is known so far.
     *
     * @param what what happened
     * @return a failure to be completed with the other methods
     */
    public static Failure of(String what) {
        return new Failure(what, Place.unknown(), "", "");
    }

    /**
     * This failure, with its place.
     *
     * @param where where it happened
     * @return the failure with it
     */
    public Failure where(Place where) {
        return new Failure(what, where, state, fix);
    }

    /**
     * This failure, with what still stands.
     *
     * @param state what was done before
     * @return the failure with it
     */
    public Failure state(String state) {
        return new Failure(what, where, state, fix);
    }

    /**
     * This failure, with what fixes it.
     *
     * @param fix what you can do
     * @return the failure with it
     */
    public Failure fix(String fix) {
        return new Failure(what, where, state, fix);
    }

    /** The whole failure as the message of an exception. */
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
