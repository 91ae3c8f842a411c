package org.citustenancy.errors;

/**
 * What every exception of this library tells.
 *
 * @param what what happened, in one sentence
 * @param where where it happened
 * @param done what was done before it happened and still stands, empty if nothing was touched
 * @param action what the reader can do about it
 */
public record Failure(String what, Place where, String done, String action) {

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
     * @return a completer failure
     */
    public Failure where(Place where) {
        return new Failure(what, where, done, action);
    }

    /**
     * This failure, with what still stands.
     *
     * @param done what was done before
     * @return a completer failure
     */
    public Failure done(String done) {
        return new Failure(what, where, done, action);
    }

    /**
     * This failure, with the way out.
     *
     * @param action what the reader can do
     * @return a completer failure
     */
    public Failure toDo(String action) {
        return new Failure(what, where, done, action);
    }

    /** The whole failure as the message of an exception. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        String place = where.toString();
        if (!place.isEmpty()) {
            text.append(" (").append(place).append(')');
        }
        if (!done.isEmpty()) {
            text.append(". Done so far: ").append(done);
        }
        if (!action.isEmpty()) {
            text.append(". What to do: ").append(action);
        }
        return text.toString();
    }
}
