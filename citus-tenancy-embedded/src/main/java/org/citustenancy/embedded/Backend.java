package org.citustenancy.embedded;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The source of the servers of an {@link EmbeddedCluster}. */
public enum Backend {

    /** Containers of the {@code citusdata/citus} image, through Testcontainers. */
    DOCKER,

    /** A PostgreSQL installation of this machine that contains Citus. */
    LOCAL,

    /** PostgreSQL from Maven artifacts: one server, without Citus. */
    PLAIN;

    /**
     * Returns the backend with that name, in upper or lower case.
     *
     * @param source the origin of the name, for the message
     * @throws IllegalArgumentException if there is none
     */
    static Backend named(String name, String source) {
        return Arrays.stream(values())
                .filter(backend -> backend.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(source + " is '" + name + "'; use one of "
                        + Arrays.stream(values()).map(Backend::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
