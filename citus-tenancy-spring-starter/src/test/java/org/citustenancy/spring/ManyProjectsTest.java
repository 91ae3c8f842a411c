package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * How long an application starts whose projects are all as its configuration says, beside one that has a single project. Run
 * it on an idle machine, by {@code -Dcitustenancy.test.projects=50}.
 */
@RequiresCluster
@EnabledIfSystemProperty(named = ManyProjectsTest.PROJECTS, matches = "\\d+")
class ManyProjectsTest {

    static final String PROJECTS = "citustenancy.test.projects";

    private static final int ROUNDS = 5;

    private static final double MOST_ADDED_SECONDS = 1;

    private final TestCluster nodes;

    ManyProjectsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void start_takes_little_longer_with_many_unchanged_projects() throws SQLException {
        List<String> names = IntStream.range(0, Integer.getInteger(PROJECTS))
                .mapToObj(number -> TestCluster.unique("spring_many"))
                .toList();
        List<String> one = names.subList(0, 1);
        try {
            double first = seconds(names);
            List<Double> single = new ArrayList<>();
            List<Double> all = new ArrayList<>();
            // In turns, so that whatever else the machine does is in both.
            for (int round = 0; round < ROUNDS; round++) {
                single.add(seconds(one));
                all.add(seconds(names));
            }
            double added = median(all) - median(single);
            System.out.printf(
                    "%d new projects: %.2f s; unchanged: %s s; one unchanged project: %s s; added: %.2f s%n",
                    names.size(), first, all, single, added);
            assertThat(added).as("seconds that unchanged projects add").isLessThan(MOST_ADDED_SECONDS);
        } finally {
            nodes.discard(names);
        }
    }

    private double seconds(List<String> projects) {
        double[] taken = new double[1];
        long before = System.nanoTime();
        application(projects).run(context -> {
            assertThat(context).hasNotFailed();
            taken[0] = Math.round((System.nanoTime() - before) / 1e7) / 100.0;
            assertThat(context.getBeanNamesForType(DataSource.class)).hasSize(projects.size() + 1);
        });
        return taken[0];
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private ApplicationContextRunner application(List<String> projects) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CitusTenancyAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal())
                .withPropertyValues(projects.stream()
                        .map(name ->
                                "citus-tenancy.projects." + name + ".users." + name + "_user.password=app-Secret-1")
                        .toArray(String[]::new));
    }
}
