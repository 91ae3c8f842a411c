package org.citustenancy.spring.internal.aot;

import org.citustenancy.spring.internal.endpoint.RepairingProjectsEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

/**
 * Registers the operation of the endpoint that ahead-of-time processing does not find, because a property selects the
 * endpoint's class.
 */
public final class EndpointHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classes) {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, RepairingProjectsEndpoint.class);
    }
}
