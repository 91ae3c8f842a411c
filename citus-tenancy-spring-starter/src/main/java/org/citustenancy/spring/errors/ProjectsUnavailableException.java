package org.citustenancy.spring.errors;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * Thrown if some projects are unavailable when the application starts, and the application is configured to stop in
 * that case.
 */
public final class ProjectsUnavailableException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final transient SortedMap<String, CitusTenancyException> failures;

    /**
     * Creates an exception for all of them.
     *
     * @param failures the failures by the project's key; at least one
     */
    public ProjectsUnavailableException(Map<String, CitusTenancyException> failures) {
        super(summary(failures), failures.values().iterator().next());
        this.failures = new TreeMap<>(failures);
        failures.values().stream().skip(1).forEach(this::addSuppressed);
    }

    private static Failure summary(Map<String, CitusTenancyException> failures) {
        return Failure.of("These projects are not available: "
                        + failures.entrySet().stream()
                                .map(each -> each.getKey() + ": "
                                        + each.getValue().failure().what())
                                .collect(Collectors.joining("; ")))
                .state("every other project is ready")
                .fix(failures.entrySet().stream()
                                .map(each -> each.getKey() + ": "
                                        + each.getValue().failure().fix())
                                .collect(Collectors.joining("; "))
                        + "; or set citus-tenancy.start.fail-fast=false to start without them");
    }

    /**
     * Returns the failure of each unavailable project.
     *
     * @return a copy, by the project's key
     */
    public SortedMap<String, CitusTenancyException> failures() {
        return new TreeMap<>(failures);
    }
}
