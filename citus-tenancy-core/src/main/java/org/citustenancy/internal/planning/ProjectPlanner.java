package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;

/** Plans the steps of a project: combines the steps of all reconcilers. */
public final class ProjectPlanner {

    /** The reconcilers of the state that is observed and changed from outside a project's database. */
    private static final List<Reconciler> OUTSIDE = List.of(
            new LibraryRoleReconciler(),
            new RoleReconciler(),
            new UserLimitReconciler(),
            new DatabaseReconciler(),
            new AdminSettingReconciler(),
            new OwnershipReconciler(),
            new SourceDatabaseReconciler(),
            new ConnectPrivilegeReconciler(),
            new SettingReconciler(),
            new UserSettingReconciler());

    private static final List<Reconciler> INSIDE = List.of(
            new CitusReconciler(),
            new GrowthClosingReconciler(),
            new FunctionBodyReconciler(),
            new ReferenceCopyReconciler(),
            new KnownRoleReconciler(),
            new ExtensionReconciler(),
            new LeavingReconciler(),
            new SchemaReconciler(),
            new FunctionReconciler(),
            new NewObjectReconciler(),
            new RelationReconciler(),
            new ColumnReconciler(),
            new NodePasswordReconciler());

    /**
     * Returns the steps outside the project's database, whose inside is known to have its desired state.
     *
     * @param context the desired state, and the observed state from outside
     * @return the steps in the order of their stages
     */
    public List<PlannedStep> planOutside(PlanningContext context) {
        return PlannedStep.inOrder(
                OUTSIDE.stream().flatMap(concern -> concern.steps(context)).toList());
    }

    /**
     * Returns the steps from the observed state to the desired state.
     *
     * @param context both states
     * @return the steps in the order of their stages, none if there is no difference
     * @throws CitusTenancyException if no steps lead to the desired state
     */
    public List<PlannedStep> plan(PlanningContext context) {
        return plan(context, refusal -> {
            throw refusal;
        });
    }

    /**
     * Returns the same steps as far as possible: a refusal of one reconciler does not hide the steps of the others.
     *
     * @param context the observed and the desired state
     * @param refusals accepts each refusal
     * @return the steps in the order of their stages
     */
    public List<PlannedStep> plan(PlanningContext context, Consumer<CitusTenancyException> refusals) {
        List<PlannedStep> steps = new ArrayList<>();
        List<Reconciler> inside = context.insideIsHidden() ? List.of() : INSIDE;
        Stream.of(OUTSIDE, inside).flatMap(List::stream).forEach(concern -> {
            try {
                steps.addAll(concern.steps(context).toList());
            } catch (CitusTenancyException refusal) {
                refusals.accept(refusal);
            }
        });
        return PlannedStep.inOrder(steps);
    }
}
