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
import org.junit.jupiter.api.Test;

/** How a node lets clients in. On nodes of its own, since it changes them. */
class DoorsTest {

    private static final Secret PASSWORD = Secret.of("doors-Password");

    @Test
    void open_doors_are_found() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project("doors")
                        .withUser("doors_user", PASSWORD)
                        .create();
                assertThat(project.verify().findings()).isEmpty();

                everybodyFromEverywhere(nodes, embedded.workers().get(0));
                assertThat(project.verify().findings())
                        .filteredOn(finding -> finding.severity() == Severity.SEVERE)
                        .extracting(Finding::what)
                        .singleElement()
                        .asString()
                        .contains("without a password")
                        .contains("0.0.0.0")
                        .contains("trust");
            }
        }
    }

    private static void everybodyFromEverywhere(TestCluster nodes, EmbeddedNode node) throws SQLException, IOException {
        String file = nodes.ask(node, "postgres", "show hba_file").get(0);
        Files.writeString(Path.of(file), "\nhost all doors_user 0.0.0.0/0 trust\n", StandardOpenOption.APPEND);
        nodes.ask(node, "postgres", "select pg_reload_conf()");
    }
}
