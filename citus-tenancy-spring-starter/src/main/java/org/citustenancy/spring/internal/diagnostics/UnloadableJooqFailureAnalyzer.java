package org.citustenancy.spring.internal.diagnostics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains why a bean that requires a jOOQ context cannot be created. */
public final class UnloadableJooqFailureAnalyzer extends AbstractFailureAnalyzer<UnsupportedClassVersionError> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnsupportedClassVersionError cause) {
        if (!String.valueOf(cause.getMessage()).startsWith("org/jooq/")) {
            return null;
        }
        return UnloadableJooq.on(Thread.currentThread().getContextClassLoader())
                .map(jooq -> new FailureAnalysis(jooq.description(), jooq.action(), cause))
                .orElse(null);
    }
}
