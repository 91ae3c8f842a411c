package org.citustenancy.reports.advice;

import java.util.List;

/**
 * What is advised for a project.
 *
 * @param project the project
 * @param verdict stay or move
 * @param reasons what every criterion says that could be judged, those that decided first
 * @param partial whether figures of nodes that did not answer are missing
 */
public record ProjectAdvice(String project, Verdict verdict, List<Reason> reasons, boolean partial) {

    /** Copies the list. */
    public ProjectAdvice {
        reasons = List.copyOf(reasons);
    }

    /**
     * The reasons that speak for the verdict.
     *
     * @return at least one, unless nothing could be judged
     */
    public List<Reason> deciding() {
        return reasons.stream().filter(reason -> reason.speaksFor() == verdict).toList();
    }
}
