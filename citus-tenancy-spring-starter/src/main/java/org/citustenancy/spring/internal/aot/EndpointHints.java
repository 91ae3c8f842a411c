package org.citustenancy.spring.internal.aot;

import org.citustenancy.spring.internal.endpoint.RepairingProjectsEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

/** The operation of an endpoint that is invisible ahead of time, because a property says whether it is that one. */
public final class EndpointHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classes) {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, RepairingProjectsEndpoint.class);
    }
}
