package org.citustenancy.internal.planning;

import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.NodeState;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.AdminSettings;
import org.citustenancy.topology.Node;

/**
 * Reconciles the settings of sessions that Citus opens between nodes as a superuser: they start with safe settings in
 * the project's database, which override those of the database.
 *
 * <p>In an existing database the coordinator comes last: if it has the settings, all nodes have them. So the
 * coordinator alone shows whether the database is safe to enter.
 */
final class AdminSettingReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream()
                .flatMap(node -> Stream.concat(ofAdmin(context, node), ofExtensionOwner(context, node)));
    }

    private static Stream<PlannedStep> ofAdmin(PlanningContext context, Node node) {
        Optional<ObservedDatabase> database = context.on(node).database();
        return database.map(ObservedDatabase::protectsAdmin).orElse(false)
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                database.isEmpty() ? Stage.DOORS : stage(node),
                                node,
                                AdminSettings.protectCurrentRole(context.database()),
                                "protect the admin's sessions from settings of the database")
                        .because("the admin's sessions are not protected from settings of the database"));
    }

    /**
     * Plans the same for the owner of Citus' extension, because Citus opens sessions as that role, too. It is the admin
     * unless another superuser created the extension.
     */
    private static Stream<PlannedStep> ofExtensionOwner(PlanningContext context, Node node) {
        NodeState state = context.on(node);
        return state.contents().flatMap(ObservedContents::citusOwner).stream()
                .filter(owner -> state.database()
                        .map(database -> !database.protects(owner))
                        .orElse(false))
                .map(
                        owner -> PlannedStep.transactional(
                                        stage(node),
                                        node,
                                        AdminSettings.protect(owner, context.database()),
                                        "protect the sessions of \"" + owner
                                                + "\", which owns the extension citus, from settings of the "
                                                + "database")
                                .because(
                                        "the sessions of \"" + owner
                                                + "\", which owns the extension citus, are not protected from settings of the database"));
    }

    private static Stage stage(Node node) {
        return node.isCoordinator() ? Stage.PROTECTION : Stage.PROTECTION_ON_WORKERS;
    }
}
