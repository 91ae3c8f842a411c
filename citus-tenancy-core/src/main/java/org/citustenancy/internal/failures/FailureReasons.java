package org.citustenancy.internal.failures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;

/**
 * The reasons for the failures of several projects, each reason once. A node that does not answer is one reason for all
 * projects, regardless of the database and the text of the exception.
 *
 * @param projects the quoted names of projects by reason, in the order of the failures
 */
public record FailureReasons(Map<String, List<String>> projects) {

    /** Copies the map. */
    public FailureReasons {
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
    }

    /** Returns the reasons of failures. */
    public static FailureReasons of(Map<String, CitusTenancyException> failures) {
        Map<String, List<String>> projects = new LinkedHashMap<>();
        failures.forEach((project, failure) -> projects.computeIfAbsent(reason(failure), first -> new ArrayList<>())
                .add("\"" + project + "\""));
        return new FailureReasons(projects);
    }

    /** Returns one line, such as {@code "a", "b": the worker citus-worker-1:5432 does not answer; start it; "c": …}. */
    @Override
    public String toString() {
        return projects.entrySet().stream()
                .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
                .collect(Collectors.joining("; "));
    }

    private static String reason(CitusTenancyException failure) {
        Failure all = failure.failure();
        return failure instanceof NodeUnreachableException && all.where().node().isPresent()
                ? "the " + all.where().node().get() + " does not answer; " + all.fix()
                : String.valueOf(failure.getMessage());
    }
}
