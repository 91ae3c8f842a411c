package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks every node whether it has an empty template. */
public final class EmptyTemplateObserver {

    private static final String PRESENT = "present";
    private static final String VERSION = "version";

    private EmptyTemplateObserver() {}

    /**
     * Looks at every node.
     *
     * @param maintenance a session in the maintenance database
     * @param topology the nodes, which have Citus
     * @return what each node says
     */
    public static Map<Node, ObservedEmptyTemplate> observe(Session maintenance, Topology topology) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(PRESENT, EmptyTemplateQueries.present());
        questions.put(AnswerReader.BLANK, EmptyTemplateQueries.usable());
        questions.put(VERSION, EmptyTemplateQueries.version());
        questions.putAll(AdminSessions.questions(topology.citus()));
        Map<Node, ObservedEmptyTemplate> blanks = new LinkedHashMap<>();
        BatchQueryExecutor.ask(maintenance, topology.coordinator(), topology.workers(), questions)
                .forEach((node, answers) -> blanks.put(
                        node,
                        new ObservedEmptyTemplate(
                                !answers.to(PRESENT).isEmpty(),
                                !answers.to(AnswerReader.BLANK).isEmpty(),
                                AdminSessions.read(answers),
                                answers.to(VERSION).stream()
                                        .map(row ->
                                                String.valueOf(row.get(PG_EXTENSION.version.getName(), String.class)))
                                        .findFirst()
                                        .orElse(""))));
        return blanks;
    }
}
