package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RoleSettingQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Finds settings of users' sessions that no request contains. Any role may set some for itself by {@code ALTER ROLE ...
 * SET}, also for good reasons, so they are reported and left unchanged.
 */
public final class UserSettingFindings {

    private UserSettingFindings() {}

    /**
     * Checks every node.
     *
     * @return a finding per user and setting, with the nodes that have it
     */
    public static List<Finding> of(Session maintenance, Topology topology, DesiredProject desired) {
        Map<String, Set<String>> nodesBySetting = new TreeMap<>();
        Question<List<Setting>> settings = Question.list(
                RoleSettingQueries.settings(desired.userNames(), desired.name()),
                row -> new Setting(
                        row.text(RoleSettingQueries.ROLE),
                        row.text(RoleSettingQueries.SETTING),
                        row.flag(RoleSettingQueries.IN_DATABASE)));
        BatchQueryExecutor.ask(maintenance, topology, settings)
                .forEach((node, there) -> there.forEach(setting -> add(nodesBySetting, node, setting, desired)));
        List<Finding> findings = new ArrayList<>();
        nodesBySetting.forEach((setting, nodes) -> findings.add(new Finding(
                Severity.WARNING,
                String.join(", ", nodes),
                setting + ", which no request contains",
                "if it is wanted, request it for the user, or leave it: repair() does not touch it; else ALTER ROLE ... RESET "
                        + "it on each of these nodes")));
        return findings;
    }

    private record Setting(String role, String name, boolean inProject) {}

    private static void add(Map<String, Set<String>> nodesBySetting, Node node, Setting found, DesiredProject desired) {
        String role = found.role();
        String setting = found.name();
        boolean here = found.inProject();
        DesiredUser user = desired.users().get(role);
        if (user != null && !(here && user.settings().containsKey(setting.toLowerCase(Locale.ROOT)))) {
            nodesBySetting
                    .computeIfAbsent(
                            "sessions of \"" + role + "\" start with a setting of " + setting
                                    + (here ? " in this project" : " in every database"),
                            first -> new TreeSet<>())
                    .add(node.toString());
        }
    }
}
