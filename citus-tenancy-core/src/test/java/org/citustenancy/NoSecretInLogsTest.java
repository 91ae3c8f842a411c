package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With everything logged on every node, no password and no verifier of a project's user is in any log. */
@Tag("once")
class NoSecretInLogsTest {

    private static final Secret FIRST = Secret.of("first-Password-7d1f");
    private static final Secret SECOND = Secret.of("second-Password-93ab");

    @Test
    void whatever_is_done_no_password_is_logged() throws SQLException {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("log_statement", "all")
                .setting("log_min_duration_statement", "0")
                .setting("log_parameter_max_length", "-1")
                .setting("log_min_error_statement", "error"))) {
            TestCluster nodes = new TestCluster(embedded);
            List<String> texts = new ArrayList<>();
            List<String> secrets = new ArrayList<>(List.of(FIRST.reveal(), SECOND.reveal()));
            try (CitusCluster cluster = nodes.connect()) {
                doEverything(nodes, cluster, texts, secrets);
            }

            // Otherwise the test would see nothing because nothing is logged.
            assertThat(embedded.coordinator().log()).contains("create database \"secretive\"");
            for (EmbeddedNode node : embedded.nodes()) {
                texts.add(node.log());
            }
            for (String text : texts) {
                assertThat(secrets).allSatisfy(secret -> assertThat(text).doesNotContain(secret));
            }
        }
    }

    private static void doEverything(TestCluster nodes, CitusCluster cluster, List<String> texts, List<String> secrets)
            throws SQLException {
        ProjectRequest request = cluster.project("secretive")
                .withUser("secretive_user", FIRST)
                .withReadOnlyUser("secretive_reader", FIRST);
        texts.add(request.plan().toString());
        Project project = request.create();
        texts.add(project + " " + project.result() + " " + project.connection("secretive_user"));
        rememberVerifiers(nodes, secrets);
        nodes.ask(
                nodes.embedded().coordinator(),
                "secretive",
                "secretive_user",
                FIRST.reveal(),
                "create table t (id int)");
        project.tables(project.connection("secretive_user")).distribute("t", "id");
        request.create();

        cluster.project("secretive").withUser("secretive_user", SECOND).create();
        rememberVerifiers(nodes, secrets);
        secrets.add(cluster.rotatePassword("secretive_reader").reveal());
        rememberVerifiers(nodes, secrets);
        Project generated = cluster.project("generated").withUser().create();
        secrets.add(generated.connection("generated_user").password().reveal());
        rememberVerifiers(nodes, secrets);
        try {
            cluster.project("secretive").withUser("generated_user", FIRST).create();
        } catch (CitusTenancyException refused) {
            texts.add(refused.toString());
        }
        texts.add(project.verify().toString());
        cluster.dropUser("secretive_reader");
        texts.add(cluster.existing("secretive").drop().toString());
    }

    private static void rememberVerifiers(TestCluster nodes, List<String> secrets) throws SQLException {
        secrets.addAll(nodes.ask(
                nodes.embedded().coordinator(),
                "postgres",
                "select rolpassword from pg_authid where rolname like '%\\_user' or rolname like '%\\_reader'"));
    }
}
