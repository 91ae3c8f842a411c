package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** What a user gets who has a node connect to a server of the user's own: {@code citus_check_connection_to_node} does. */
final class StolenPassword {

    private static final String READER = "reader_without_rights";

    private StolenPassword() {}

    /** No password of another role is sent in a session of a user's; the admin's own sessions send the given one. */
    static void assertThatNoneIsSent(EmbeddedCluster cluster, Optional<String> toTheAdminsOwn) throws Exception {
        try (TestSession admin = TestSession.admin(cluster);
                PasswordCollector collector = PasswordCollector.start()) {
            admin.run("CREATE ROLE " + READER + " LOGIN PASSWORD 'readers-own'");
            // The address of this JVM as servers in containers know it.
            String host = admin.value("SELECT host(inet_client_addr())");
            String call = "SELECT citus_check_connection_to_node(?, ?)";
            try (TestSession reader = TestSession.as(cluster.coordinator(), "postgres", READER, "readers-own")) {
                assertThat(reader.value(call, host, collector.port())).isEqualTo("f");
                assertThat(collector.next()).isEqualTo(new PasswordCollector.Client(READER, Optional.empty()));
            }
            assertThat(admin.value(call, host, collector.port())).isEqualTo("f");
            assertThat(collector.next()).isEqualTo(new PasswordCollector.Client(cluster.adminUser(), toTheAdminsOwn));
            admin.run("DROP ROLE " + READER);
        }
    }
}
