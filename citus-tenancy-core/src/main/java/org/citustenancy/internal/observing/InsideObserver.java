package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.users.TableGrant;
import org.jooq.Select;

/** Looks into a project's database on every node that has it. */
final class InsideObserver {

    private static final String CITUS = "citus";

    private final Node coordinator;
    private final List<Node> workers;

    /** What was seen. */
    record Inside(ObservedContents contents, ObservedPrivileges privileges) {}

    InsideObserver(Node coordinator, List<Node> workers) {
        this.coordinator = coordinator;
        this.workers = workers;
    }

    /** Asks, through a session in the project's database on the coordinator. */
    Map<Node, Inside> observe(Session session, DesiredProject desired) {
        Map<Node, Inside> inside = new HashMap<>();
        boolean citus = hasCitus(Surveyor.askCoordinator(session, justExtensions()));
        inside.put(coordinator, read(Surveyor.askCoordinator(session, questions(citus, desired))));
        if (citus) {
            askWorkers(session, desired).forEach((node, answers) -> inside.put(node, read(answers)));
        }
        return inside;
    }

    /**
     * Mostly the workers have Citus where the coordinator has it, so that is tried first: each question costs a new
     * connection to each of them.
     */
    private Map<Node, Answers> askWorkers(Session session, DesiredProject desired) {
        Map<Node, Answers> answers = new LinkedHashMap<>();
        List<Node> others = new ArrayList<>();
        Surveyor.tryWorkers(session, workers, questions(true, desired)).forEach((node, answer) -> {
            if (answer.success()) {
                answers.put(node, Answers.parse(answer.text()));
            } else {
                others.add(node);
            }
        });
        Surveyor.askWorkers(session, others, justExtensions())
                .forEach((node, extensions) -> answers.putAll(
                        Surveyor.askWorkers(session, List.of(node), questions(hasCitus(extensions), desired))));
        return answers;
    }

    private static boolean hasCitus(Answers answers) {
        return AnswerReader.extensions(answers).containsKey(CITUS);
    }

    private static Map<String, Select<?>> justExtensions() {
        return Map.of(AnswerReader.EXTENSIONS, SurveyQueries.extensions());
    }

    private static Map<String, Select<?>> questions(boolean citus, DesiredProject desired) {
        Set<TableName> tables = desired.users().values().stream()
                .flatMap(user -> user.options().tables().stream())
                .map(TableGrant::table)
                .collect(Collectors.toSet());
        Map<String, Select<?>> questions = new LinkedHashMap<>(justExtensions());
        questions.putAll(PrivilegeObserver.questions(citus, desired.userNames(), tables));
        if (citus) {
            questions.put(AnswerReader.NODES, SurveyQueries.nodes());
            questions.put(AnswerReader.KNOWN_ROLES, SurveyQueries.rolesKnownToCitus(desired.userNames()));
            questions.put(AnswerReader.NODE_PASSWORDS, SurveyQueries.nodePasswords());
        }
        return questions;
    }

    private static Inside read(Answers answers) {
        ObservedContents contents = new ObservedContents(
                AnswerReader.extensions(answers),
                AnswerReader.nodes(answers),
                AnswerReader.coordinatorHoldsShards(answers),
                AnswerReader.knownRoles(answers),
                AnswerReader.nodePasswords(answers));
        return new Inside(contents, PrivilegeObserver.read(answers));
    }
}
