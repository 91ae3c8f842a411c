package org.citustenancy.internal.observing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.internal.sql.FunctionAccess;
import org.citustenancy.internal.sql.FunctionAccess.Kind;

/**
 * The functions in a project's database on a node that PUBLIC must not execute.
 *
 * @param numbers how many there are of each kind
 * @param held how many of them a role, or PUBLIC under the empty name, may execute by a grant
 */
public record ObservedFunctions(Map<Kind, Integer> numbers, Map<Kind, Map<String, Integer>> held) {

    /** The name of PUBLIC. */
    public static final String PUBLIC = "";

    /** An empty observation. */
    public static final ObservedFunctions NONE = new ObservedFunctions(Map.of(), Map.of());

    /**
     * Returns the roles that may execute some functions of a kind and must not.
     *
     * @param wanted the roles that should
     * @return roles, or PUBLIC
     */
    public Set<String> tooMany(Kind kind, Set<String> wanted) {
        Set<String> roles = new TreeSet<>(of(kind).keySet());
        roles.removeAll(wanted);
        return roles;
    }

    /**
     * Returns the roles that may not execute all functions of a kind and should.
     *
     * @param wanted the roles that should
     * @return roles
     */
    public Set<String> missing(Kind kind, Set<String> wanted) {
        int all = numbers.getOrDefault(kind, 0);
        Set<String> roles = new TreeSet<>(wanted);
        roles.removeIf(role -> of(kind).getOrDefault(role, 0) >= all);
        return roles;
    }

    private Map<String, Integer> of(Kind kind) {
        return held.getOrDefault(kind, Map.of());
    }

    static Question<ObservedFunctions> question() {
        return Question.of(FunctionAccess.held(), ObservedFunctions::read);
    }

    private static ObservedFunctions read(List<AnswerRow> rows) {
        Map<Kind, Integer> numbers = new EnumMap<>(Kind.class);
        Map<Kind, Map<String, Integer>> held = new EnumMap<>(Kind.class);
        for (AnswerRow row : rows) {
            Kind kind = Kind.valueOf(row.text(FunctionAccess.KIND));
            int number = row.number(FunctionAccess.COUNT);
            row.optionalText(FunctionAccess.ROLE)
                    .ifPresentOrElse(
                            role -> held.computeIfAbsent(kind, key -> new HashMap<>())
                                    .put(role, number),
                            () -> numbers.put(kind, number));
        }
        return new ObservedFunctions(numbers, held);
    }
}
