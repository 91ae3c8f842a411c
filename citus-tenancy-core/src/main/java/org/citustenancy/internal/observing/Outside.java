package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says of a project from outside its database.
 *
 * @param database the project's database, absent if the node has none
 * @param roles those of the project's users that the node has
 * @param admin how the admin's sessions between nodes start
 * @param original the database that a new one is copied from here, absent if there is none
 * @param facts what the fingerprint of the project consists of
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
