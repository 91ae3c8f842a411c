package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a node lets clients in. On nodes of its own, since it changes them. */
@Tag("once")
class HbaFindingsTest {

    private static final Secret PASSWORD = Secret.of("doors-Password");

    @Test
    void verify_reports_insecure_rules_of_pg_hba() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project("doors")
                        .withUser("doors_user", PASSWORD)
                        .create();
                assertThat(project.verify().findings()).isEmpty();

                appendRule(nodes, embedded.workers().get(0), "local all all peer");
                assertThat(project.verify().findings()).isEmpty();
                appendRule(nodes, embedded.workers().get(0), "host all doors_user 0.0.0.0/0 trust");
                assertThat(project.verify().findings())
                        .filteredOn(finding -> finding.severity() == Severity.SEVERE)
                        .extracting(Finding::what)
                        .singleElement()
                        .asString()
                        .contains("`trust` authentication disables isolation: any client may connect as any role")
                        .contains("0.0.0.0")
                        .contains("trust");
            }
        }
    }

    @Test
    void verify_reports_trust_under_which_any_client_is_the_admin() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project("open_to_all")
                        .withUser("open_user", PASSWORD)
                        .create();
                for (EmbeddedNode node : embedded.nodes()) {
                    assertThat(nodes.ask(
                                    node, "open_to_all", embedded.adminUser(), "not-its-password", "show is_superuser"))
                            .containsExactly("on");
                }

                assertThat(project.verify().findings())
                        .hasSize(2)
                        .allMatch(finding -> finding.severity() == Severity.SEVERE)
                        .extracting(Finding::what)
                        .allMatch(what -> what.contains("`trust` authentication disables isolation")
                                && what.contains("host all all 127.0.0.1 255.255.255.255 trust")
                                && what.contains("host replication all 127.0.0.1"));
                assertThat(TestCluster.besidesTrust(project.verify()).isClean()).isTrue();
            }
        }
    }

    private static void appendRule(TestCluster nodes, EmbeddedNode node, String rule) throws SQLException, IOException {
        String file = nodes.ask(node, "postgres", "show hba_file").get(0);
        Files.writeString(Path.of(file), "\n" + rule + "\n", StandardOpenOption.APPEND);
        nodes.ask(node, "postgres", "select pg_reload_conf()");
    }
}
