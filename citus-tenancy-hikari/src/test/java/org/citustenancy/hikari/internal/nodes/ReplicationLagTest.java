package org.citustenancy.hikari.internal.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The lag by positions of the write-ahead log; {@code StandbyReadsTest} has real standbys. */
class ReplicationLagTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ReplicationLag lag = new ReplicationLag();

    private static long ago(Duration time) {
        return System.nanoTime() - time.toNanos();
    }

    @Test
    void lag_is_unknown_before_the_standby_reaches_a_position_of_the_primary() {
        assertThat(lag.isWithin(SECOND)).isFalse();
        lag.standbyIsAt(100);
        assertThat(lag.isWithin(SECOND)).isFalse();
        lag.primaryIsAt(101, ago(Duration.ZERO));
        lag.standbyIsAt(100);

        assertThat(lag.isWithin(Duration.ofDays(1))).isFalse();
    }

    @Test
    void lag_is_the_age_of_the_last_position_that_was_replayed() {
        lag.primaryIsAt(100, ago(Duration.ofSeconds(30)));
        lag.primaryIsAt(200, ago(Duration.ofSeconds(20)));
        lag.primaryIsAt(300, ago(Duration.ofSeconds(10)));
        lag.standbyIsAt(250);

        assertThat(lag.isWithin(Duration.ofSeconds(25))).isTrue();
        assertThat(lag.isWithin(Duration.ofSeconds(15))).isFalse();
        lag.standbyIsAt(300);
        assertThat(lag.isWithin(Duration.ofSeconds(15))).isTrue();
    }

    @Test
    void primary_that_does_not_answer_lets_the_lag_grow() throws Exception {
        lag.primaryIsAt(100, ago(Duration.ofMillis(900)));
        lag.standbyIsAt(100);
        assertThat(lag.isWithin(SECOND)).isTrue();

        Thread.sleep(150);
        lag.standbyIsAt(100);
        assertThat(lag.isWithin(SECOND)).isFalse();
    }

    @Test
    void positions_of_a_lost_timeline_do_not_count() {
        lag.primaryIsAt(1_000, ago(Duration.ofSeconds(5)));
        lag.primaryIsAt(500, ago(Duration.ZERO));
        lag.standbyIsAt(500);

        assertThat(lag.isWithin(SECOND)).isTrue();
    }

    @Test
    void idle_primary_keeps_a_standby_recent() {
        for (int check = 0; check < 200; check++) {
            lag.primaryIsAt(100, ago(Duration.ZERO));
        }
        lag.standbyIsAt(100);

        assertThat(lag.isWithin(SECOND)).isTrue();
    }
}
