package org.citustenancy.documentation;

import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.reports.advice.DistributionAdvisor;
import org.citustenancy.reports.advice.Requirements;
import org.citustenancy.reports.advice.SeparationAdvisor;
import org.citustenancy.reports.advice.Thresholds;
import org.citustenancy.reports.costs.CostComparison;
import org.citustenancy.reports.costs.CostShares;
import org.citustenancy.reports.costs.Money;
import org.citustenancy.reports.costs.Weights;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;

/** The code of docs/statistics.md, which {@link GuideTest} runs. */
final class StatisticsExample {

    private StatisticsExample() {}

    static void ask(CitusCluster cluster, Project project) {
        // begin statistics-asking
        ClusterFigures figures = cluster.statistics().overview(); // one statement per node, however many projects
        ClusterFigures whole = cluster.statistics().figures(); // and a look into each project's database
        ProjectFigures app = project.statistics().figures(); // one project, with its tables and shards
        // end statistics-asking
        System.out.println(figures.size() + " " + whole.size() + " " + app.size());
    }

    static String advise(ClusterFigures figures) {
        // begin statistics-advice
        Money cost = Money.of("120", "USD");
        Money saving = new CostComparison(cost, 3).saving(); // 240.00 USD
        CostShares shares = CostShares.of(figures, cost, new Weights(70, 30)); // by size and connections
        Map<String, Requirements> declared = Map.of("analytics", Requirements.NONE.compliance("PCI DSS"));
        var advice = new SeparationAdvisor(Thresholds.STANDARD).advise(figures, declared);
        DistributionAdvisor.Model model =
                DistributionAdvisor.STANDARD.advise(50_000).model(); // ROW_BASED
        // end statistics-advice
        return saving + " " + shares + " " + advice + " " + model;
    }
}
