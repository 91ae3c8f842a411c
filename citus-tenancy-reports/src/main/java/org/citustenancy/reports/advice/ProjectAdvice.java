package org.citustenancy.reports.advice;

import java.util.List;

/**
 * The advice for a project.
 *
 * @param project the project
 * @param verdict stay or move
 * @param reasons the reasons from every criterion with figures, deciding ones first
 * @param partial whether figures of nodes that did not respond are missing
 */
public record ProjectAdvice(String project, Verdict verdict, List<Reason> reasons, boolean partial) {

    /** Copies the list. */
    public ProjectAdvice {
        reasons = List.copyOf(reasons);
    }

    /**
     * Returns the reasons for the verdict.
     *
     * @return at least one, unless no criterion has figures
     */
    public List<Reason> deciding() {
        return reasons.stream().filter(reason -> reason.speaksFor() == verdict).toList();
    }
}
