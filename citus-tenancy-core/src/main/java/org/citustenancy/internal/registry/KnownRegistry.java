package org.citustenancy.internal.registry;

import java.util.concurrent.atomic.AtomicBoolean;

/** Records that a current registry was found. A registry never gets older again. */
public final class KnownRegistry {

    private final AtomicBoolean current = new AtomicBoolean();

    /** Checks whether it was found. */
    boolean isCurrent() {
        return current.get();
    }

    void seen() {
        current.set(true);
    }

    /** Records that the registry was removed manually. */
    void gone() {
        current.set(false);
    }
}
