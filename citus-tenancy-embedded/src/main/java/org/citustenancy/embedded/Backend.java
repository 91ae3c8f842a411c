package org.citustenancy.embedded;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the servers of an {@link EmbeddedCluster} come from. */
public enum Backend {

    /** Containers of the {@code citusdata/citus} image, through Testcontainers. */
    DOCKER,

    /** A PostgreSQL installation of this machine in which Citus is installed. */
    LOCAL,

    /** PostgreSQL from Maven artifacts: one server, without Citus. */
    PLAIN;

    /**
     * The backend of that name, in upper or lower case.
     *
     * @param source where the name was found, for the message
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
