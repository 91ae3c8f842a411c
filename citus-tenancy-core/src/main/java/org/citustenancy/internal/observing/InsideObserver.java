package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.ObjectQueries;
import org.citustenancy.internal.sql.PlaceholderStatements;
import org.citustenancy.internal.sql.ShardQueries;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.users.TableGrant;

/** Looks into a project's database on every node that has it. */
final class InsideObserver {

    private static final String CITUS = "citus";

    private final DesiredProject desired;

    /** What was seen. */
    record Inside(ObservedContents contents, ObservedPrivileges privileges) {}

    InsideObserver(DesiredProject desired) {
        this.desired = desired;
    }

    /** Looks through a session in the project's database on the coordinator. */
    Inside onCoordinator(Session session) {
        boolean citus = hasCitus(BatchQueryExecutor.askCoordinator(session, justExtensions()));
        return read(BatchQueryExecutor.askCoordinator(session, questions(citus)));
    }

    /** What those workers say that have the database, with Citus in it, to these questions and to more. */
    Map<Node, BatchResult> tryWorkers(Session session, List<Node> workers, Map<String, Select<?>> more) {
        Map<String, Select<?>> all = new LinkedHashMap<>(more);
        all.putAll(questions(true));
        Map<Node, BatchResult> answers = new LinkedHashMap<>();
        BatchQueryExecutor.tryWorkers(session, workers, all).forEach((node, answer) -> {
            if (answer.success()) {
                answers.put(node, BatchResult.parse(answer.text()));
            }
        });
        return answers;
    }

    /** What workers say that have the database, perhaps without Citus in it. */
    Map<Node, Inside> onWorkers(Session session, List<Node> workers) {
        Map<Node, Inside> inside = new LinkedHashMap<>();
        BatchQueryExecutor.askWorkers(session, workers, justExtensions())
                .forEach((node, extensions) -> inside.put(
                        node,
                        read(BatchQueryExecutor.askWorkers(session, List.of(node), questions(hasCitus(extensions)))
                                .values()
                                .iterator()
                                .next())));
        return inside;
    }

    private static boolean hasCitus(BatchResult answers) {
        return AnswerReader.extensions(answers).containsKey(CITUS);
    }

    private static Map<String, Select<?>> justExtensions() {
        return Map.of(AnswerReader.EXTENSIONS, SurveyQueries.extensions());
    }

    private Map<String, Select<?>> questions(boolean citus) {
        Set<TableName> tables = desired.users().values().stream()
                .flatMap(user -> user.options().tables().stream())
                .map(TableGrant::table)
                .collect(Collectors.toSet());
        Map<String, Select<?>> questions = new LinkedHashMap<>(justExtensions());
        questions.putAll(PrivilegeObserver.questions(citus, desired.userNames(), tables));
        if (citus) {
            questions.put(AnswerReader.NODES, SurveyQueries.nodes());
            questions.put(AnswerReader.KNOWN_ROLES, SurveyQueries.rolesKnownToCitus(desired.userNames()));
            questions.put(AnswerReader.GROUP, ClusterQueries.localGroup());
            questions.put(AnswerReader.MISSING_SHARDS, ShardQueries.missing());
            questions.put(AnswerReader.UNPLACED_SHARDS, ShardQueries.unplaced());
            questions.put(AnswerReader.REFERENCES, ShardQueries.references());
            questions.put(AnswerReader.OBJECTS, ObjectQueries.present());
            questions.put(AnswerReader.COPY, ObjectQueries.copied());
            questions.put(AnswerReader.NODE_PASSWORDS, SurveyQueries.nodePasswords());
            questions.put(AnswerReader.FUNCTIONS_OF_USERS, PlaceholderStatements.exist());
            questions.put(AnswerReader.PLACEHOLDERS, PlaceholderStatements.present());
        }
        return questions;
    }

    static Inside read(BatchResult answers) {
        ObservedContents contents = new ObservedContents(
                AnswerReader.extensions(answers),
                AnswerReader.nodes(answers),
                AnswerReader.knownRoles(answers),
                AnswerReader.group(answers),
                AnswerReader.missingShards(answers),
                AnswerReader.unplacedShards(answers),
                AnswerReader.references(answers),
                AnswerReader.objects(answers),
                !answers.to(AnswerReader.COPY).isEmpty(),
                AnswerReader.nodePasswords(answers),
                AnswerReader.ownerOf(CITUS, answers),
                AnswerReader.userFunctions(answers));
        return new Inside(contents, PrivilegeObserver.read(answers));
    }
}
