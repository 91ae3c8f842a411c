package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a project on a node, from outside its database.
 *
 * @param database the project's database, absent if the node has none
 * @param roles the project's users that exist on the node
 * @param admin the start of the admin's sessions between nodes
 * @param original the database that a new one is copied from on this node, absent if there is none
 * @param facts the facts of the project's fingerprint
 */
record Outside(
        Optional<ObservedDatabase> database,
        Map<String, ObservedRole> roles,
        AdminSessions admin,
        Optional<SourceDatabase> original,
        List<ProjectFingerprints.Fact> facts) {

    static Question<Outside> about(
            String project,
            Collection<String> users,
            boolean citus,
            Question<Optional<SourceDatabase>> original,
            Question<List<ProjectFingerprints.Fact>> facts) {
        Question<Map<String, ObservedRole>> roles = RoleQuestions.about(users);
        Question<Optional<ObservedDatabase>> database = DatabaseQuestions.about(project);
        Question<AdminSessions> admin = AdminSessions.question(citus);
        return Question.together(
                List.of(roles, database, facts, admin, original),
                answers -> new Outside(
                        answers.to(database),
                        answers.to(roles),
                        answers.to(admin),
                        answers.to(original),
                        answers.to(facts)));
    }
}
