package org.citustenancy.hikari.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citustenancy.errors.InvalidRequestException;
import org.junit.jupiter.api.Test;

class PoolSettingsTest {

    @Test
    void defaults_equal_those_of_the_guide() {
        PoolSettings guide = PoolSettings.guide();
        assertThat(guide.max()).isEqualTo(20);
        assertThat(guide.idleTimeoutMillis()).isEqualTo(30_000);
        assertThat(guide.min()).isZero();
    }

    @Test
    void documentation_lists_each_default() throws ReflectiveOperationException, IOException {
        String page = Files.readString(Path.of("../docs/pools.md")).replaceAll("(\\d) (\\d{3})", "$1$2");
        for (RecordComponent setting : PoolSettings.class.getRecordComponents()) {
            String value = String.valueOf(setting.getAccessor().invoke(PoolSettings.guide()));
            if (value.matches("\\d+")) {
                assertThat(page).containsPattern("(?m)^\\|[^|]*`" + setting.getName() + "`[^|]*\\| " + value + " \\|");
            }
        }
    }

    @Test
    void invalid_settings_are_refused_with_every_name_and_value() {
        assertThatThrownBy(() -> PoolSettings.guide()
                        .with()
                        .max(0)
                        .min(-1)
                        .idleTimeoutMillis(-2)
                        .connectionTimeoutMillis(249)
                        .maxLifetimeSeconds(29)
                        .maxUses(-3)
                        .statementTimeoutMillis(-4)
                        .lockTimeoutMillis(1L << 31)
                        .idleInTransactionSessionTimeoutMillis(-5)
                        .build())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("max is 0")
                .hasMessageContaining("min is -1, but cannot be negative")
                .hasMessageContaining("idleTimeoutMillis is -2")
                .hasMessageContaining(
                        "connectionTimeoutMillis is 249, but HikariCP takes 0 (unlimited) or 250 and more")
                .hasMessageContaining("maxLifetimeSeconds is 29, but HikariCP takes 0 (never) or 30 and more")
                .hasMessageContaining("maxUses is -3")
                .hasMessageContaining("statementTimeoutMillis is -4")
                .hasMessageContaining("lockTimeoutMillis is 2147483648")
                .hasMessageContaining("idleInTransactionSessionTimeoutMillis is -5");
        assertThatThrownBy(() -> PoolSettings.guide().with().max(3).min(4).build())
                .hasMessageContaining("min is 4, more than max, which is 3");
    }

    @Test
    void idle_timeout_that_hikari_would_ignore_is_refused() {
        assertThatThrownBy(() -> PoolSettings.guide()
                        .with()
                        .maxLifetimeSeconds(30)
                        .idleTimeoutMillis(29_001)
                        .build())
                .hasMessageContaining(
                        "idleTimeoutMillis is 29001, but must be at least 1 s below maxLifetimeSeconds, which is 30");
        assertThat(PoolSettings.guide()
                        .with()
                        .maxLifetimeSeconds(30)
                        .idleTimeoutMillis(29_000)
                        .build()
                        .maxLifetimeSeconds())
                .isEqualTo(30);
    }
}
