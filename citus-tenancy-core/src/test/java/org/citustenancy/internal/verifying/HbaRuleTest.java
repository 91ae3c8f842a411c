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
    void clients_come_from_the_network_the_host_or_a_socket() {
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
    void only_what_comes_over_the_network_needs_tls() {
        assertThat(rule("host", "all", "all", "127.0.0.1", "255.255.255.255", "scram-sha-256")
                        .danger())
                .isEmpty();
        assertThat(rule("local", "all", "all", "", "", "peer").danger()).isEmpty();
        assertThat(rule("host", "all", "all", "all", "", "reject").danger()).isEmpty();
    }

    @Test
    void passwords_in_clear_md5_and_no_tls_are_dangerous() {
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
    void a_rule_concerns_who_and_what_it_names() {
        HbaRule rule = rule("host", "other", "other_user", "all", "", "trust");
        assertThat(rule.concerns(Set.of("app_user"), Set.of("app"))).isFalse();
        assertThat(rule.concerns(Set.of("other_user"), Set.of("other"))).isTrue();
        assertThat(rule("host", "replication", "all", "all", "", "trust").concerns(Set.of("app_user"), Set.of("app")))
                .isFalse();
    }

    @Test
    void an_earlier_rule_for_the_same_clients_hides_a_later_one() {
        HbaRule strict = rule("host", "all", "all", "all", "", "scram-sha-256");
        HbaRule later = rule("host", "app", "app_user", "0.0.0.0", "0.0.0.0", "trust");
        assertThat(strict.covers(later)).isTrue();
        assertThat(later.covers(strict)).isFalse();
        assertThat(rule("hostssl", "all", "all", "all", "", "scram-sha-256").covers(later))
                .isFalse();
    }

    @Test
    void a_rule_for_hosts_hides_none_for_sockets_and_one_for_databases_none_for_replication() {
        HbaRule strict = rule("host", "all", "all", "all", "", "scram-sha-256");
        assertThat(strict.covers(rule("local", "all", "all", "", "", "trust"))).isFalse();
        assertThat(strict.covers(rule("host", "replication", "all", "127.0.0.1", "255.255.255.255", "trust")))
                .isFalse();
    }

    @Test
    void a_rule_for_all_addresses_of_one_family_hides_none_for_the_other() {
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
