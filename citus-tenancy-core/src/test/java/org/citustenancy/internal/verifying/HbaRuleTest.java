package org.citustenancy.internal.verifying;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HbaRuleTest {

    private static HbaRule rule(String type, String database, String user, String address, String mask, String method) {
        return new HbaRule(1, type, List.of(database), List.of(user), address, mask, method);
    }

    @Test
    void trust_over_the_network_is_dangerous_and_on_the_host_itself_is_not_the_networks() {
        assertThat(rule("host", "all", "all", "0.0.0.0", "0.0.0.0", "trust").danger())
                .hasValueSatisfying(danger -> assertThat(danger).contains("without a password"));
        assertThat(rule("host", "all", "all", "all", "", "trust").isForTheNetwork())
                .isTrue();
        assertThat(rule("host", "all", "all", "127.0.0.1", "255.255.255.255", "trust")
                        .isForTheNetwork())
                .isFalse();
        assertThat(rule("local", "all", "all", "", "", "trust").isForTheNetwork())
                .isFalse();
        assertThat(rule("host", "all", "all", "all", "", "reject").isForTheNetwork())
                .isFalse();
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
        HbaRule rule = rule("host", "other", "somebody", "all", "", "trust");
        assertThat(rule.concerns(Set.of("app_user"), Set.of("app"))).isFalse();
        assertThat(rule.concerns(Set.of("somebody"), Set.of("other"))).isTrue();
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
}
