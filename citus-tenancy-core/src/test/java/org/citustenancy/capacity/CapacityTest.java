package org.citustenancy.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CapacityException;
import org.citustenancy.plan.Finding;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster of servers as PostgreSQL sets them up, which runs out of background processes. */
@Tag("once")
class CapacityTest {

    /** Of eight, one is for the launcher of logical replication and one for the maintenance database's daemon. */
    private static final int ROOM = 6;

    @Test
    void create_refuses_a_project_without_a_worker_process_for_its_daemon() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).setting("max_worker_processes", "8"))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                assertThat(cluster.capacity().moreProjects()).isEqualTo(ROOM);

                List<ProjectOutcome> outcomes = cluster.create(IntStream.rangeClosed(0, ROOM)
                        .mapToObj(index -> cluster.project("fits_" + index).withUser("fits_user_" + index))
                        .toList());

                List<Project> made = new ArrayList<>();
                outcomes.forEach(outcome -> outcome.project().ifPresent(made::add));
                assertThat(made).hasSize(ROOM);
                assertThat(outcomes)
                        .filteredOn(outcome -> outcome.project().isEmpty())
                        .singleElement()
                        .satisfies(outcome -> assertThat(outcome.failure().orElseThrow())
                                .isInstanceOf(CapacityException.class)
                                .hasMessageContaining("set max_worker_processes to at least 9 (it is 8)")
                                .hasMessageContaining("coordinator")
                                .hasMessageContaining("worker"));
                Capacity capacity = cluster.capacity();
                assertThat(capacity.moreProjects()).isZero();
                assertThat(capacity.projects()).isEqualTo(ROOM);
                assertThat(capacity.toString()).contains("room for 0 more");
                for (EmbeddedNode node : embedded.nodes()) {
                    assertThat(nodes.ask(
                                    node,
                                    "postgres",
                                    "select datname from pg_stat_activity where backend_type like 'Citus Maintenance%' "
                                            + "and datname like 'fits%' order by 1"))
                            .containsExactlyElementsOf(
                                    made.stream().map(Project::name).sorted().toList());
                }
                assertThat(made.get(0).verify().findings()).isEmpty();

                try (CitusCluster careless =
                        CitusCluster.connect(nodes.options().requireCapacity(false))) {
                    Project orphan = careless.project("does_not_fit")
                            .withUser("does_not_fit_user")
                            .create();
                    assertThat(orphan.verify().findings())
                            .hasSize(2)
                            .extracting(Finding::what)
                            .allMatch(what -> what.contains("no maintenance daemon"));
                    orphan.drop();
                }
                made.get(0).drop();
                assertThat(cluster.capacity().moreProjects()).isEqualTo(1);
                cluster.project("fits_again").withUser("fits_again_user").create();
            }
        }
    }

    @Test
    void capacity_reports_the_settings_of_every_node() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(1)
                .setting("max_connections", "60")
                .setting("superuser_reserved_connections", "4"))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect();
                    var session = nodes.open(embedded.coordinator(), "postgres")) {
                cluster.project("limited")
                        .withUser("limited_user")
                        .connectionLimit(17)
                        .create();

                assertThat(session.isValid(1)).isTrue();
                Capacity capacity = cluster.capacity();

                assertThat(capacity.nodes()).hasSize(2).allSatisfy(node -> {
                    assertThat(node.connections().limit()).isEqualTo(60);
                    assertThat(node.connections().reserved()).isEqualTo(4);
                    assertThat(node.connections().inUse()).isPositive();
                    assertThat(node.databaseBytes()).isGreaterThan(1 << 20);
                    assertThat(node.freeDiskBytes()).isPresent();
                });
                assertThat(capacity.nodes().get(0).connections().byDatabase().get("postgres"))
                        .isGreaterThanOrEqualTo(2);
                assertThat(capacity.promisedConnections()).isEqualTo(17);
                assertThat(capacity.holds(56)).isTrue();
                assertThat(capacity.holds(57)).isFalse();
            }
        }
    }
}
