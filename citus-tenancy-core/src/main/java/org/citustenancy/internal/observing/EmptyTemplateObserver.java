package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries every node for an empty template. */
public final class EmptyTemplateObserver {

    private EmptyTemplateObserver() {}

    /**
     * Observes every node.
     *
     * @param topology the nodes, which have Citus
     * @return the answer of each node
     */
    public static Map<Node, ObservedEmptyTemplate> observe(Session maintenance, Topology topology) {
        Question<Boolean> present = Question.exists(EmptyTemplateQueries.present());
        Question<Boolean> usable = Question.exists(EmptyTemplateQueries.usable());
        Question<Optional<String>> version =
                Question.first(EmptyTemplateQueries.version(), row -> row.text(PG_EXTENSION.version));
        Question<AdminSessions> admin = AdminSessions.question(topology.citus());
        return BatchQueryExecutor.ask(
                maintenance,
                topology,
                Question.together(
                        List.of(present, usable, version, admin),
                        answers -> new ObservedEmptyTemplate(
                                answers.to(present),
                                answers.to(usable),
                                answers.to(admin),
                                answers.to(version).orElse(""))));
    }
}
