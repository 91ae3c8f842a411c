package com.example;

import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.reports.advice.SeparationAdvisor;
import org.citustenancy.reports.advice.Thresholds;
import org.citustenancy.reports.costs.CostShares;
import org.citustenancy.reports.costs.Money;
import org.citustenancy.reports.costs.Weights;
import org.citustenancy.reports.rendering.TextReport;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.users.Secret;

/** A program that has the reports, with the core that they bring, and nothing else. */
class Reports {

    public static void main(String... arguments) {
        ClusterOptions options = ClusterOptions.of(
                        System.getenv("DB_URL"), System.getenv("DB_ADMIN"), Secret.of(System.getenv("DB_PASSWORD")))
                .requireCitus(Boolean.parseBoolean(System.getenv("DB_CITUS")));
        try (CitusCluster cluster = CitusCluster.connect(options)) {
            Project project = cluster.project("reports_alone").withUser("reports_alone_user").create();
            ClusterFigures figures = cluster.statistics().figures();
            System.out.println(new TextReport(Language.ENGLISH).projects(figures));
            System.out.println(CostShares.of(figures, Money.of("120", "USD"), Weights.SIZE));
            System.out.println(new SeparationAdvisor(Thresholds.STANDARD).advise(figures, Map.of()));
            project.drop();
        }
        System.out.println("WORKS");
    }
}
