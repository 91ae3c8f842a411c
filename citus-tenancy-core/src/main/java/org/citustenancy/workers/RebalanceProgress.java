package org.citustenancy.workers;

/**
 * How far the moving of a project's shards has come.
 *
 * @param project the project's name
 * @param state what Citus calls the state: {@code scheduled}, {@code running}, {@code finished}, …
 * @param movesDone how many moves have ended
 * @param moves how many there are in all
 */
public record RebalanceProgress(String project, String state, int movesDone, int moves) {

    /** One line for people. */
    @Override
    public String toString() {
        return "Project \"" + project + "\": " + movesDone + " of " + moves + " moves of shards, " + state;
    }
}
