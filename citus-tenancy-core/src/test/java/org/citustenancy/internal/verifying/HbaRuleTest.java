package org.citustenancy.internal.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.citustenancy.internal.verifying.HbaRule.Origin;
import org.junit.jupiter.api.Test;

class HbaRuleTest {

    private static HbaRule rule(String type, String database, String user, String address, String mask, String method) {
        return new HbaRule(1, type, List.of(database), List.of(user), address, mask, method);
    }

    @Test
    void origin_is_the_network_the_host_or_a_socket() {
        assertThat(rule("host", "all", "all", "all", "", "trust").origin()).isEqualTo(Origin.NETWORK);
        assertThat(rule("host", "all", "all", "samenet", "", "trust").origin()).isEqualTo(Origin.NETWORK);
        assertThat(rule("host", "all", "all", "127.0.0.1", "255.255.255.255", "trust")
                        .origin())
                .isEqualTo(Origin.HOST);
        assertThat(rule("host", "all", "all", "127.0.0.1", "128.0.0.0", "trust").origin())
                .isEqualTo(Origin.NETWORK);
        assertThat(rule("host", "all", "all", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "trust")
                        .origin())
                .isEqualTo(Origin.HOST);
        assertThat(rule("host", "all", "all", "::1", "::", "trust").origin()).isEqualTo(Origin.NETWORK);
        assertThat(rule("host", "all", "all", "localhost", "", "trust").origin())
                .isEqualTo(Origin.HOST);
        assertThat(rule("host", "all", "all", "samehost", "", "trust").origin()).isEqualTo(Origin.HOST);
        assertThat(rule("local", "all", "all", "", "", "trust").origin()).isEqualTo(Origin.SOCKET);
    }

    @Test
    void rule_without_tls_is_safe_for_local_clients() {
        assertThat(rule("host", "all", "all", "127.0.0.1", "255.255.255.255", "scram-sha-256")
                        .danger())
                .isEmpty();
        assertThat(rule("local", "all", "all", "", "", "peer").danger()).isEmpty();
        assertThat(rule("host", "all", "all", "all", "", "reject").danger()).isEmpty();
    }

    @Test
    void rule_is_dangerous_with_clear_passwords_or_md5_or_without_tls() {
        assertThat(rule("hostssl", "all", "all", "all", "", "password").danger())
                .isPresent();
        assertThat(rule("hostssl", "all", "all", "all", "", "md5").danger()).isPresent();
        assertThat(rule("host", "all", "all", "all", "", "scram-sha-256").danger())
                .hasValueSatisfying(danger -> assertThat(danger).contains("TLS"));
        assertThat(rule("hostssl", "all", "all", "all", "", "scram-sha-256").danger())
                .isEmpty();
        assertThat(rule("hostssl", "all", "all", "all", "", "cert").danger()).isEmpty();
    }

    @Test
    void rule_concerns_the_users_and_databases_that_it_names() {
        HbaRule rule = rule("host", "other", "other_user", "all", "", "trust");
        assertThat(rule.concerns(Set.of("app_user"), Set.of("app"))).isFalse();
        assertThat(rule.concerns(Set.of("other_user"), Set.of("other"))).isTrue();
        assertThat(rule("host", "replication", "all", "all", "", "trust").concerns(Set.of("app_user"), Set.of("app")))
                .isFalse();
    }

    @Test
    void rule_covers_a_later_one_for_the_same_clients() {
        HbaRule strict = rule("host", "all", "all", "all", "", "scram-sha-256");
        HbaRule later = rule("host", "app", "app_user", "0.0.0.0", "0.0.0.0", "trust");
        assertThat(strict.covers(later)).isTrue();
        assertThat(later.covers(strict)).isFalse();
        assertThat(rule("hostssl", "all", "all", "all", "", "scram-sha-256").covers(later))
                .isFalse();
    }

    @Test
    void rule_for_hosts_does_not_cover_sockets_or_replication() {
        HbaRule strict = rule("host", "all", "all", "all", "", "scram-sha-256");
        assertThat(strict.covers(rule("local", "all", "all", "", "", "trust"))).isFalse();
        assertThat(strict.covers(rule("host", "replication", "all", "127.0.0.1", "255.255.255.255", "trust")))
                .isFalse();
    }

    @Test
    void rule_for_one_address_family_does_not_cover_the_other() {
        HbaRule ipv4 = rule("host", "all", "all", "0.0.0.0", "0.0.0.0", "scram-sha-256");
        HbaRule ipv6 = rule("host", "all", "all", "::", "::", "scram-sha-256");
        HbaRule loopback = rule("host", "all", "all", "::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "trust");
        assertThat(ipv4.covers(loopback)).isFalse();
        assertThat(ipv6.covers(loopback)).isTrue();
        assertThat(ipv4.covers(rule("host", "all", "all", "127.0.0.1", "255.255.255.255", "trust")))
                .isTrue();
        assertThat(ipv4.covers(rule("host", "all", "all", "localhost", "", "trust")))
                .isFalse();
    }
}
