package org.citustenancy.hikari.budget;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * The use of a budget: the connections that each project holds, and the threads that wait for one.
 *
 * @param connections the connections that the budget allows
 * @param projects the projects that hold connections or wait for some
 */
public record BudgetUse(int connections, List<ProjectUse> projects) {

    private static final int SHOWN = 8;

    /** Copies the list. */
    public BudgetUse {
        projects = List.copyOf(projects);
    }

    /**
     * Returns the number of held connections.
     *
     * @return a count
     */
    public int held() {
        return projects.stream().mapToInt(ProjectUse::held).sum();
    }

    /**
     * Returns the number of waiting threads.
     *
     * @return a count
     */
    public int waiting() {
        return projects.stream().mapToInt(ProjectUse::waiting).sum();
    }

    /** Describes the use in one sentence: the connections and waiting threads of each project, in descending order. */
    @Override
    public String toString() {
        String allowed = connections == Integer.MAX_VALUE ? "" : " of " + connections;
        return held() + allowed + " connections are held"
                + list(
                        ProjectUse::held,
                        use -> use.held() > 0,
                        use -> use.project() + " " + use.held() + " (" + use.inUse() + " in use, " + use.idle()
                                + " idle)")
                + "; " + waiting() + " threads wait"
                + list(ProjectUse::waiting, use -> use.waiting() > 0, use -> use.project() + " " + use.waiting());
    }

    private String list(
            ToIntFunction<ProjectUse> size, Predicate<ProjectUse> which, Function<ProjectUse, String> text) {
        List<ProjectUse> chosen = projects.stream()
                .filter(which)
                .sorted(Comparator.comparingInt(size).reversed())
                .toList();
        if (chosen.isEmpty()) {
            return "";
        }
        int others = chosen.size() - SHOWN;
        return chosen.stream().limit(SHOWN).map(text).collect(Collectors.joining(", ", ": ", ""))
                + (others > 0 ? " and " + others + " more projects" : "");
    }
}
