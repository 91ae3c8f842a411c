package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;

/** Puts together what each concern finds missing. */
public final class ProjectPlanner {

    /** What can be seen and changed from outside a project's database. */
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
     * The part of it that is outside the project's database, whose inside is known to be as it should be.
     *
     * @param context what is, as seen from outside, and what should be
     * @return the steps in the order of their stages
     */
    public List<PlannedStep> planOutside(PlanningContext context) {
        return PlannedStep.inOrder(
                OUTSIDE.stream().flatMap(concern -> concern.steps(context)).toList());
    }

    /**
     * What leads from what is to what should be.
     *
     * @param context both
     * @return the steps in the order of their stages, none if there is no difference
     * @throws CitusTenancyException if there is no way from here to there
     */
    public List<PlannedStep> plan(PlanningContext context) {
        return plan(context, refusal -> {
            throw refusal;
        });
    }

    /**
     * The same, as far as it can be said: what a concern refuses does not hide what the others find.
     *
     * @param context what is and what should be
     * @param refusals gets what is refused
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
