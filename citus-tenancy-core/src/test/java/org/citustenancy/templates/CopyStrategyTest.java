package org.citustenancy.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A template's files are copied as such on nodes where a checkpoint costs nothing, and on no others. */
@Tag("once")
@RequiresCluster
class CopyStrategyTest {

    private static final String MAINTENANCE = "postgres";

    @Test
    void template_copies_use_the_strategy_that_suits_each_node(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("strategy");
        EmbeddedNode durable = nodes.embedded().workers().get(0);
        try (CitusCluster cluster = nodes.connect()) {
            ProjectTemplate template = cluster.template(
                    cluster.project(name).withUser(name + "_user", Secret.of("strategy-Password")),
                    "first",
                    project -> {});
            Project copy;
            try {
                setFsync(nodes, durable, "on");
                copy = template.create(name + "_copy");
            } finally {
                setFsync(nodes, durable, "off");
            }

            assertThat(copiesByPort(copy))
                    .hasSize(nodes.embedded().nodes().size())
                    .allSatisfy((port, sql) -> {
                        if (port == durable.port()) {
                            assertThat(sql).doesNotContain("file_copy");
                        } else {
                            assertThat(sql).endsWith("strategy = file_copy");
                        }
                    });
            assertThat(TestCluster.besidesTrust(copy.verify()).findings()).isEmpty();
            copy.drop();
            template.drop();
        }
    }

    private static Map<Integer, String> copiesByPort(Project copy) {
        return copy.result().orElseThrow().outcomes().stream()
                .map(StepOutcome::step)
                .filter(step -> step.sql().startsWith("create database"))
                .collect(Collectors.toMap(step -> step.node().port(), step -> step.sql()));
    }

    private static void setFsync(TestCluster nodes, EmbeddedNode node, String value) throws Exception {
        nodes.ask(node, MAINTENANCE, "alter system set fsync = " + value);
        nodes.ask(node, MAINTENANCE, "select pg_reload_conf()");
        Await.until(() -> nodes.ask(node, MAINTENANCE, "show fsync").contains(value));
    }
}
