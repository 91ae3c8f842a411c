package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker that comes back with an empty disk. */
@Tag("long")
@Tag("once")
class EmptyWorkerRepairTest {

    @Test
    void repair_restores_an_empty_worker_except_shards_that_only_it_held() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode worker = embedded.workers().get(1);
            Secret password = Secret.of("emptied");
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project("emptied")
                        .withUser("emptied_user", password)
                        .withReadOnlyUser("emptied_reader", password)
                        .create();
                for (String sql : new String[] {
                    "create table names (id int primary key, name text)",
                    "insert into names values (1, 'one'), (2, 'two')",
                    "create table facts (id bigint primary key)"
                }) {
                    nodes.ask(embedded.coordinator(), "emptied", "emptied_user", password.reveal(), sql);
                }
                project.tables().reference("names");
                project.tables().distribute("facts", "id", options -> options.shardCount(4));

                worker.stop();
                worker.wipe();
                worker.start();
                assertThat(project.verify().findings().get(0).what())
                        .containsPattern("rows of 2 shards that no other node has: 2 of (public\\.)?facts");
                assertThat(project.verify().findings())
                        .extracting(Finding::toString)
                        .anyMatch(finding -> finding.contains("worker 127.0.0.1:" + worker.port())
                                && finding.contains("the database \"emptied\" is missing"))
                        .anyMatch(finding -> finding.contains("know again what it knew"));

                assertThat(cluster.workers().add("127.0.0.1", worker.port()).failures())
                        .containsOnlyKeys("emptied");
                project.repair(RepairOptions::acceptingLoss);

                assertThat(project.verify().findings())
                        .singleElement()
                        .satisfies(finding -> assertThat(finding.place()).contains(String.valueOf(worker.port())))
                        .satisfies(finding ->
                                assertThat(finding.what()).containsPattern("2 shards of (public\\.)?facts are gone"));
                assertThat(nodes.ask(
                                worker,
                                "emptied",
                                "emptied_reader",
                                password.reveal(),
                                "select name from names order by id"))
                        .containsExactly("one", "two");
                assertThat(nodes.askAll("emptied", "select count(*) from pg_dist_placement"))
                        .containsExactly("7");
            }
        }
    }
}
