package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSettingsTest {

    @Test
    void demo_starts_its_own_cluster_without_a_host() {
        DemoSettings settings = DemoSettings.from(Map.of("DB_HOST", " ", "DB_PORT", "what"));

        assertThat(settings.server()).isEmpty();
        assertThat(settings.directory()).isEqualTo(Path.of("demo-env"));
    }

    @Test
    void host_and_password_are_sufficient() {
        DemoSettings settings = DemoSettings.from(Map.of("DB_HOST", "citus-master", "DB_ADMIN_PASSWORD", "secret"));

        assertThat(settings.requireCitus()).isTrue();
        assertThat(settings.server()).hasValueSatisfying(server -> {
            assertThat(server.host()).isEqualTo("citus-master");
            assertThat(server.port()).isEqualTo(5432);
            assertThat(server.adminUser()).isEqualTo("postgres");
            assertThat(server.adminPassword().reveal()).isEqualTo("secret");
        });
    }

    @Test
    void host_without_a_password_is_refused() {
        assertThatThrownBy(() -> DemoSettings.from(Map.of("DB_HOST", "citus-master")))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("DB_ADMIN_PASSWORD is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "5432x", "999999999999"})
    void invalid_port_is_refused(String port) {
        assertThatThrownBy(() -> DemoSettings.from(Map.of("DB_HOST", "h", "DB_ADMIN_PASSWORD", "p", "DB_PORT", port)))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("DB_PORT is \"" + port + "\"; use a number from 1 to 65535.");
    }

    @Test
    void invalid_value_for_require_citus_is_refused() {
        assertThatThrownBy(() -> DemoSettings.from(Map.of("DB_REQUIRE_CITUS", "maybe")))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("DB_REQUIRE_CITUS is \"maybe\"; use true or false.");
    }
}
