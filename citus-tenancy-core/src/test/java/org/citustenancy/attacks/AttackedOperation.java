package org.citustenancy.attacks;

import java.util.Set;

/**
 * Something that the library does to a hostile project.
 *
 * @param words what it is called in the table
 * @param methods the public methods that it calls, as {@link PublicMethods} writes them
 * @param action does it
 */
record AttackedOperation(String words, Set<String> methods, Action action) {

    static AttackedOperation of(String words, Action action, String... methods) {
        return new AttackedOperation(words, Set.of(methods), action);
    }

    /** What it does. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
