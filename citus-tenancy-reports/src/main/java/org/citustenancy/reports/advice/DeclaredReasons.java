package org.citustenancy.reports.advice;

import java.util.ArrayList;
import java.util.List;

/** The reasons from the declared requirements. */
final class DeclaredReasons {

    private final String clusterRegion;

    DeclaredReasons(String clusterRegion) {
        this.clusterRegion = clusterRegion;
    }

    List<Reason> of(Requirements requirements) {
        List<Reason> reasons = new ArrayList<>();
        reasons.add(
                requirements.isCritical()
                        ? move(Criterion.CRITICAL, "it is declared to be very critical")
                        : stay(Criterion.CRITICAL, "it is not declared to be critical"));
        reasons.add(
                requirements.isIsolated()
                        ? move(Criterion.ISOLATION, "it is declared to need resources of its own")
                        : stay(Criterion.ISOLATION, "no isolation of resources is declared"));
        reasons.add(requirements
                .region()
                .filter(region -> !region.equals(clusterRegion))
                .map(region -> move(
                        Criterion.REGION,
                        "it must be in " + region + ", and the cluster is in "
                                + (clusterRegion.isEmpty() ? "a region that was not given" : clusterRegion)))
                .orElse(stay(Criterion.REGION, "it may be where the cluster is")));
        reasons.add(requirements
                .compliance()
                .map(regulations -> move(Criterion.COMPLIANCE, "it is under " + regulations))
                .orElse(stay(Criterion.COMPLIANCE, "no strict regulations are declared")));
        return reasons;
    }

    private static Reason move(Criterion criterion, String explanation) {
        return new Reason(criterion, Verdict.MOVE, explanation);
    }

    private static Reason stay(Criterion criterion, String explanation) {
        return new Reason(criterion, Verdict.STAY, explanation);
    }
}
