package org.citustenancy.internal.registry;

import java.util.concurrent.atomic.AtomicBoolean;

/** That a registry is there as this library makes it, once that was seen; it never becomes older again. */
public final class KnownRegistry {

    private final AtomicBoolean current = new AtomicBoolean();

    /** Whether it was seen. */
    boolean isCurrent() {
        return current.get();
    }

    void seen() {
        current.set(true);
    }

    /** It was removed by hand. */
    void gone() {
        current.set(false);
    }
}
