package org.citustenancy.reports.advice;

import java.util.Optional;

/**
 * Declared requirements of a project, which cannot be measured. Immutable; each method returns a changed copy.
 *
 * <pre>{@code
 * Requirements.NONE.critical().compliance("PCI DSS");
 * }</pre>
 *
 * @param isCritical whether it is very critical
 * @param isIsolated whether it needs resources of its own
 * @param region the region where it must be
 * @param compliance the regulations that it is under
 */
public record Requirements(
        boolean isCritical, boolean isIsolated, Optional<String> region, Optional<String> compliance) {

    /** No requirements. */
    public static final Requirements NONE = new Requirements(false, false, Optional.empty(), Optional.empty());

    /**
     * Declares the project very critical.
     *
     * @return a copy
     */
    public Requirements critical() {
        return new Requirements(true, isIsolated, region, compliance);
    }

    /**
     * Declares that the project needs resources of its own.
     *
     * @return a copy
     */
    public Requirements isolated() {
        return new Requirements(isCritical, true, region, compliance);
    }

    /**
     * Declares that the project must be in a region.
     *
     * @param name the region
     * @return a copy
     */
    public Requirements region(String name) {
        return new Requirements(isCritical, isIsolated, Optional.of(name), compliance);
    }

    /**
     * Declares regulations that forbid the project to share a cluster.
     *
     * @param regulations their names
     * @return a copy
     */
    public Requirements compliance(String regulations) {
        return new Requirements(isCritical, isIsolated, region, Optional.of(regulations));
    }
}
