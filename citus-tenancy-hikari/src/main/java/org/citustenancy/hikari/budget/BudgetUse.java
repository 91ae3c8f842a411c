package org.citustenancy.hikari.budget;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Who holds the connections of a budget, and who waits for them.
 *
 * @param connections what the budget allows
 * @param projects the projects that hold some or wait for some
 */
public record BudgetUse(int connections, List<ProjectUse> projects) {

    private static final int SHOWN = 8;

    /** Copies the list. */
    public BudgetUse {
        projects = List.copyOf(projects);
    }

    /**
     * How many connections are held.
     *
     * @return a count
     */
    public int held() {
        return projects.stream().mapToInt(ProjectUse::held).sum();
    }

    /**
     * How many threads wait.
     *
     * @return a count
     */
    public int waiting() {
        return projects.stream().mapToInt(ProjectUse::waiting).sum();
    }

    /** In a sentence: who holds what and who waits, those with most first. */
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
