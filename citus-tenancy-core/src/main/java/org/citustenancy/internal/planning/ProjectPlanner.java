package org.citustenancy.internal.planning;

import java.util.Comparator;
import java.util.List;

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
     */
    public List<PlannedStep> plan(Situation situation) {
        return concerns.stream()
                .flatMap(concern -> concern.steps(situation))
                .sorted(Comparator.comparing(PlannedStep::stage))
                .toList();
    }
}
