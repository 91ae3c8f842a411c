package org.citustenancy.spring.internal.aot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Registers the migrations of all projects in their usual location, one directory deeper than those of Spring Boot. */
public final class MigrationHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classes) {
        hints.resources().registerPattern("db/migration/**").registerPattern("db/changelog/**");
    }
}
