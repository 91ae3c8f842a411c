package org.citustenancy.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users set for their own sessions is found and left. */
@Tag("asks-for-passwords")
@RequiresCluster(citus = false)
class UserSettingsTest {

    private static final Secret PASSWORD = Secret.of("a-Password");

    private final TestCluster nodes;

    UserSettingsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void verify_reports_settings_that_no_request_contains_and_repair_keeps_them() throws Exception {
        String name = TestCluster.unique("settings");
        String user = name + "_u";
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(user, PASSWORD, options -> options.setting("work_mem", "8MB"))
                    .create();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            try (Connection own = DriverManager.getConnection(coordinator.jdbcUrl(name), user, PASSWORD.reveal())) {
                TestCluster.ask(own, "alter role current_user set search_path = public, pg_catalog");
                TestCluster.ask(own, "alter role current_user in database \"" + name + "\" set lock_timeout = '7s'");
            }

            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .allSatisfy(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                        assertThat(finding.place()).contains(String.valueOf(coordinator.port()));
                        assertThat(finding.what()).contains("\"" + user + "\"").doesNotContain("7s");
                    })
                    .anySatisfy(finding ->
                            assertThat(finding.what()).contains("search_path").contains("in every database"))
                    .anySatisfy(finding ->
                            assertThat(finding.what()).contains("lock_timeout").contains("in this project"))
                    .hasSize(2);

            project.repair();

            assertThat(TestCluster.besidesTrust(project.verify()).findings()).hasSize(2);
            cluster.project(name)
                    .withUser(user, PASSWORD, options -> options.setting("work_mem", "8MB")
                            .setting("lock_timeout", "7s"))
                    .create();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).hasSize(1);
        }
    }
}
