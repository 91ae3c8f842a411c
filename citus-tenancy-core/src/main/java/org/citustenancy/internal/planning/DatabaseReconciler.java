package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.observing.SourceDatabase;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.topology.Node;

/** Reconciles the database: it exists on every node, with the desired connection limit. */
final class DatabaseReconciler implements Reconciler {

    private static final int UNLIMITED = -1;

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.on(node)
                .database()
                .map(database -> change(context, node, database))
                .orElseGet(() -> create(context, node)));
    }

    private static Stream<PlannedStep> create(PlanningContext context, Node node) {
        Stream<PlannedStep> stay = context.carriesDatabases(node)
                ? Stream.of(Propagation.ofNoDatabase(Stage.ROLES_ON_WORKERS, node))
                : Stream.empty();
        Stream<PlannedStep> creation = Stream.of(
                PlannedStep.standalone(
                                Stage.DATABASES,
                                node,
                                context.original(node)
                                        .map(original -> copy(context.database(), original))
                                        .orElseGet(() -> DatabaseStatements.createClosed(
                                                context.database(), LibraryRoles.OWNER)),
                                "create the database, still closed")
                        .because("the database is missing"),
                limit(context, node, context.desired().connectionLimit().orElse(UNLIMITED))
                        .because("the database is missing"));
        return Stream.concat(stay, creation);
    }

    private static Query copy(String database, SourceDatabase original) {
        return original.byFiles()
                ? DatabaseStatements.copyFilesClosed(database, LibraryRoles.OWNER, original.database())
                : DatabaseStatements.copyClosed(database, LibraryRoles.OWNER, original.database());
    }

    private static Stream<PlannedStep> change(PlanningContext context, Node node, ObservedDatabase database) {
        Stream<PlannedStep> limit = context.desired().connectionLimit().stream()
                .filter(wanted -> wanted != database.connectionLimit())
                .mapToObj(wanted -> limit(context, node, wanted).because(fault(database.connectionLimit())));
        Stream<PlannedStep> allowed = database.allowsConnections()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.DOORS,
                                node,
                                DatabaseStatements.allowConnections(context.database(), true),
                                "allow connections to the database")
                        .because("the database takes no connections"));
        return Stream.concat(allowed, limit);
    }

    private static String fault(int limit) {
        return limit == UNLIMITED
                ? "the database takes any number of sessions"
                : "the database takes " + limit + " sessions at most";
    }

    private static PlannedStep limit(PlanningContext context, Node node, int limit) {
        return PlannedStep.transactional(
                Stage.DOORS,
                node,
                DatabaseStatements.limitConnections(context.database(), limit),
                limit == UNLIMITED
                        ? "open the database to any number of sessions"
                        : "open it to " + limit + " sessions");
    }
}
