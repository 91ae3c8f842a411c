package org.citustenancy.attacks;

/** In whose sessions payloads run. */
enum RunAs {
    OWNER("the owner", true),
    TEMPORARY("a temporary role", true),
    OTHER_USER("another user", true),
    LIBRARY("the library's role", false),
    SUPERUSER("a superuser", false);

    private final String words;
    private final boolean allowed;

    RunAs(String words, boolean allowed) {
        this.words = words;
        this.allowed = allowed;
    }

    String words() {
        return words;
    }

    /** Whether it has no more rights than the project's owner. */
    boolean isAllowed() {
        return allowed;
    }
}
