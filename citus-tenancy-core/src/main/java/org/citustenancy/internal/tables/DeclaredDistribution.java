package org.citustenancy.internal.tables;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Step;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableStep;
import org.citustenancy.tables.TablesPlan;
import org.citustenancy.topology.Node;

/** Compares the tables of a project with the rules that the project declares, and distributes them, as steps of a repair. */
public final class DeclaredDistribution {

    private final Cluster cluster;
    private final String project;

    /** Creates the distribution of a project's tables. */
    public DeclaredDistribution(Cluster cluster, String project) {
        this.cluster = cluster;
        this.project = project;
    }

    /** What a project declares, and the node that has its tables. */
    private record Declared(Optional<DistributionRules> rules, Node coordinator) {}

    /**
     * Returns the steps that {@link #apply} would run.
     *
     * @return numbered from 1; none for a project without rules
     * @throws org.citustenancy.errors.ConflictException if the rules cannot be applied
     */
    public List<Step> plan() {
        return steps(rules -> {
            TablesPlan plan = distributor().plan(rules);
            RulesApplication.requireNoProblems(plan, Place.unknown());
            return plan;
        });
    }

    /**
     * Distributes the tables as the rules say.
     *
     * @return the steps that ran, numbered from 1; none for a project without rules
     * @throws org.citustenancy.errors.ConflictException if the rules cannot be applied
     */
    public List<Step> apply() {
        return steps(distributor()::apply);
    }

    private TableDistributor distributor() {
        return new TableDistributor(new ClusterAccess(cluster, project, Optional.empty()));
    }

    private List<Step> steps(Function<DistributionRules, TablesPlan> plan) {
        Declared declared = declared();
        List<TableStep> steps =
                declared.rules().map(rules -> plan.apply(rules).steps()).orElse(List.of());
        return IntStream.range(0, steps.size())
                .mapToObj(index -> step(declared.coordinator(), index + 1, steps.get(index)))
                .toList();
    }

    private Step step(Node coordinator, int number, TableStep step) {
        return new Step(
                number,
                coordinator,
                project,
                step.description(),
                "the rules of the project say so",
                step.statement(),
                false);
    }

    private Declared declared() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            return new Declared(
                    cluster.registry(maintenance).require(project).desired().distribution(),
                    TopologyReader.read(maintenance, cluster.requireCitus()).coordinator());
        }
    }
}
