package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.testing.Forwarder;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The moving of shards ends with the time that it has, whatever the library has heard of it by then. */
@Tag("long")
@Tag("once")
class RebalanceDeadlineTest {

    private static final String HOLD_SHARDS = """
            do $$
            declare shard regclass;
            begin
              for shard in select oid from pg_class where relname ~ '^t_[0-9]+$' loop
                execute 'lock table ' || shard || ' in exclusive mode';
              end loop;
            end $$""";
    private static final String GOING_ON =
            "select usename from pg_stat_activity where usename like 'citus_tenancy_tmp%'";
    private static final String ROLES = "select rolname from pg_roles where rolname like 'citus_tenancy_tmp%'";

    @Test
    void rebalance_stops_moves_whose_start_was_not_acknowledged() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                        EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST));
                Forwarder forwarder = Forwarder.to(embedded.coordinator().port())) {
            TestCluster nodes = new TestCluster(embedded);
            ClusterOptions options = ClusterOptions.of(
                    "jdbc:postgresql://127.0.0.1:" + forwarder.port() + "/postgres",
                    embedded.adminUser(),
                    Secret.of(embedded.adminPassword()));
            try (CitusCluster cluster = CitusCluster.connect(options);
                    Connection holder = nodes.open(embedded.workers().get(0), project(nodes, cluster))) {
                EmbeddedNode joining = embedded.addNode();
                cluster.workers().add("127.0.0.1", joining.port()).orThrow();
                // None can be copied until that ends.
                holder.setAutoCommit(false);
                TestCluster.ask(holder, "set citus.override_table_visibility = off");
                TestCluster.ask(holder, "set citus.enable_manual_changes_to_shards = on");
                TestCluster.ask(holder, HOLD_SHARDS);
                forwarder.keepAnswersTo("citus_move_shard_placement");

                assertThatThrownBy(
                                () -> cluster.workers().rebalance(Rebalancing.STANDARD.within(Duration.ofSeconds(5))))
                        .isInstanceOf(DeadlineExceededException.class);

                assertThat(nodes.askAll("moved", GOING_ON)).isEmpty();
                assertThat(nodes.askAll("moved", ROLES)).isEmpty();
                assertThat(TestCluster.ask(holder, "select count(*) from pg_locks where pid = pg_backend_pid()"))
                        .isNotEqualTo(List.of("0"));
            }
        }
    }

    private static String project(TestCluster nodes, CitusCluster cluster) throws SQLException {
        Project project = cluster.project("moved").withUser("moved_user").create();
        nodes.ask(project.name(), "create table t (id int primary key)");
        nodes.ask(project.name(), "alter table t owner to moved_user");
        project.tables().distribute("t", "id", choice -> choice.shardCount(4));
        return project.name();
    }
}
