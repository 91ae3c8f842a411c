package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.citustenancy.errors.CitusTenancyException;

/** Puts together what each concern finds missing. */
public final class ProjectPlanner {

    private final List<Concern> concerns = List.of(
            new RoleConcern(),
            new UserLimitConcern(),
            new DatabaseConcern(),
            new DoorConcern(),
            new SettingConcern(),
            new UserSettingConcern(),
            new CitusConcern(),
            new ReferenceCopyConcern(),
            new KnownRoleConcern(),
            new ExtensionConcern(),
            new LeavingConcern(),
            new SchemaConcern(),
            new NewObjectConcern(),
            new RelationConcern(),
            new ColumnConcern(),
            new NodePasswordConcern());

    /**
     * What leads from what is to what should be.
     *
     * @param situation both
     * @return the steps in the order of their stages, none if there is no difference
     * @throws CitusTenancyException if there is no way from here to there
     */
    public List<PlannedStep> plan(Situation situation) {
        return plan(situation, refusal -> {
            throw refusal;
        });
    }

    /**
     * The same, as far as it can be said: what a concern refuses does not hide what the others find.
     *
     * @param situation what is and what should be
     * @param refusals gets what is refused
     * @return the steps in the order of their stages
     */
    public List<PlannedStep> plan(Situation situation, Consumer<CitusTenancyException> refusals) {
        List<PlannedStep> steps = new ArrayList<>();
        for (Concern concern : concerns) {
            try {
                steps.addAll(concern.steps(situation).toList());
            } catch (CitusTenancyException refusal) {
                refusals.accept(refusal);
            }
        }
        return PlannedStep.inOrder(steps);
    }
}
