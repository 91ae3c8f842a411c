package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.internal.definition.DefinitionReader;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.StartMode;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What is written, bound and checked; nothing is connected to. */
class PropertiesTest {

    private static final String PROJECT = "citus-tenancy.projects.app.";

    private final Map<String, Object> written = new HashMap<>(Map.of(
            "citus-tenancy.cluster.host",
            "citus-master",
            "citus-tenancy.cluster.password",
            "admin-Secret-1",
            PROJECT + "database",
            "app_production",
            PROJECT + "users.app_user.password",
            "app-Secret-1"));

    @Test
    void short_configuration_is_sufficient() {
        Definitions definitions = read();

        assertThat(definitions.primary()).contains("app");
        assertThat(definitions.project("app").database()).isEqualTo("app_production");
        assertThat(definitions.project("app").owner().name()).isEqualTo("app_user");
        assertThat(definitions.project("app").owner().password()).contains(Secret.of("app-Secret-1"));
        assertThat(definitions.project("app").pool().max()).isEqualTo(20);
        assertThat(readWithCluster().cluster()).hasValueSatisfying(cluster -> assertThat(cluster.jdbcUrl())
                .isEqualTo("jdbc:postgresql://citus-master:5432/postgres"));
    }

    @Test
    void key_keeps_its_underscores_and_is_the_default_database() {
        write("citus-tenancy.projects.data_warehouse.users.dw_user.password", "dw-Secret-1");

        assertThat(read().project("data_warehouse").database()).isEqualTo("data_warehouse");
        assertThat(read().primary()).isEmpty();
    }

    @Test
    void levels_settings_and_pools_bind_in_relaxed_form() {
        write(PROJECT + "users.app_user.level", "OWNER");
        write(PROJECT + "users.readonly_user.level", "read-only");
        write(PROJECT + "users.readonly_user.password", "ro-Secret-1");
        write(PROJECT + "users.readonly_user.schemas", "public,sales");
        write(PROJECT + "users.reports_user.level", "tables");
        write(PROJECT + "users.reports_user.tables", "users,orders");
        write(PROJECT + "users.reports_user.password", "reports-Secret-1");
        write(PROJECT + "user", "readonly_user");
        write("citus-tenancy.pool.idleTimeoutMillis", "60000");
        write(PROJECT + "pool.max", "5");
        write("citus-tenancy.start.mode", "validate");

        Definitions definitions = read();

        assertThat(definitions.project("app").user().level()).isEqualTo(AccessLevel.READ_ONLY);
        assertThat(definitions.project("app").pool().max()).isEqualTo(5);
        assertThat(definitions.project("app").pool().idleTimeoutMillis()).isEqualTo(60_000);
        assertThat(definitions.pool().max()).isEqualTo(20);
        assertThat(bound().start().mode()).isEqualTo(StartMode.VALIDATE);
    }

    @Test
    void times_of_pools_have_units() throws SQLException {
        write("citus-tenancy.pool.idle-timeout", "45s");
        write("citus-tenancy.pool.connection-timeout", "2500ms");
        write("citus-tenancy.pool.max-lifetime", "10m");
        write("citus-tenancy.pool.statement-timeout", "1m");
        write("citus-tenancy.pool.lock-timeout", "PT1S");
        write("citus-tenancy.pool.idle-in-transaction-session-timeout", "250");
        write("citus-tenancy.pool.keepalive-time", "1m");
        write(PROJECT + "pool.idle-timeout-millis", "60000");
        write(PROJECT + "pool.leak-detection-threshold", "20s");
        write(PROJECT + "pool.connection-init-sql", "set work_mem = '7MB'");

        PoolSettings common = read().pool();
        PoolSettings app = read().project("app").pool();

        assertThat(common.idleTimeoutMillis()).isEqualTo(45_000);
        assertThat(common.connectionTimeoutMillis()).isEqualTo(2_500);
        assertThat(common.maxLifetimeSeconds()).isEqualTo(600);
        assertThat(common.statementTimeoutMillis()).isEqualTo(60_000);
        assertThat(common.lockTimeoutMillis()).isEqualTo(1_000);
        assertThat(common.idleInTransactionSessionTimeoutMillis()).isEqualTo(250);
        assertThat(app.idleTimeoutMillis()).isEqualTo(60_000);
        try (ProjectPools pools = ProjectPools.builder()
                .settings(app)
                .project(new ConnectionInfo(
                        "localhost",
                        1,
                        "app_production",
                        "app_user",
                        Optional.of(Secret.of("app-Secret-1")),
                        "jdbc:postgresql://localhost:1/app_production",
                        Map.of()))
                .open()) {
            HikariDataSource pooled =
                    pools.dataSource("app_production", "app_user").unwrap(HikariDataSource.class);
            assertThat(pooled.getKeepaliveTime()).isEqualTo(60_000);
            assertThat(pooled.getLeakDetectionThreshold()).isEqualTo(20_000);
            assertThat(pooled.getConnectionInitSql()).isEqualTo("set work_mem = '7MB'");
        }
    }

    @Test
    void two_names_of_one_setting_are_refused() {
        write("citus-tenancy.pool.idle-timeout", "45s");
        write("citus-tenancy.pool.idle-timeout-millis", "45000");

        assertThat(refused())
                .containsExactly("citus-tenancy.pool.idle-timeout, citus-tenancy.pool.idle-timeout-millis");
    }

    @Test
    void time_beyond_the_lifetime_of_a_connection_is_refused() {
        write("citus-tenancy.pool.keepalive-time", "10m");
        write(PROJECT + "pool.max-lifetime", "5m");

        assertThat(refused()).containsExactly(PROJECT + "pool.max-lifetime");
    }

    @Test
    void environment_variable_provides_a_password() {
        StandardEnvironment environment = environment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("CITUSTENANCY_CLUSTER_PASSWORD", "from-Environment-1")));

        assertThat(bound(environment).cluster().password()).isEqualTo(Secret.of("from-Environment-1"));
    }

    @Test
    void file_provides_a_password_without_its_last_line_break(@TempDir Path secrets) throws IOException {
        Path file = Files.writeString(secrets.resolve("app_user"), "from-File-1\n");
        written.remove(PROJECT + "users.app_user.password");
        write(PROJECT + "users.app_user.password-file", file.toString());

        assertThat(read().project("app").owner().password()).contains(Secret.of("from-File-1"));
    }

    @Test
    void bean_provides_a_password_that_is_not_configured() {
        written.remove(PROJECT + "users.app_user.password");
        write(PROJECT + "users.app_user.level", "owner");
        List<String> asked = new ArrayList<>();

        SecretSource bean = (database, user) -> {
            asked.add(user + "@" + database);
            return Optional.of(Secret.of("from-Bean-1"));
        };
        Definitions definitions = new DefinitionReader(bound(), List.of(bean), Map.of(), Optional.empty()).read();

        assertThat(asked).containsExactly("app_user@app_production");
        assertThat(definitions.project("app").owner().password()).contains(Secret.of("from-Bean-1"));
    }

    @Test
    void properties_do_not_print_passwords() {
        assertThat(bound().toString()).doesNotContain("Secret-1");
        assertThat(read().toString()).doesNotContain("Secret-1");
    }

    @ParameterizedTest
    @CsvSource({
        "pool.max, 0",
        "pool.min, 21",
        "pool.idle-timeout-millis, 9999",
        "pool.idle-timeout, 5s",
        "pool.connection-timeout, 249ms",
        "pool.max-lifetime, 29s",
        "pool.max-lifetime, 45500ms",
        "pool.keepalive-time, 29s",
        "pool.leak-detection-threshold, 1s",
        "pool.leak-detection-threshold, 31m",
        "projects.app.pool.lock-timeout, -1s",
        "pool.idle-timeout-millis, 1799500",
        "pool.connection-timeout-millis, 249",
        "pool.max-lifetime-seconds, 29",
        "projects.app.pool.max-uses, -1",
        "projects.app.pool.statement-timeout-millis, -1",
        "budget.connections, 0",
        "read-pool.max-lag, 999ms",
        "projects.app.user, other_user",
        "primary, apq",
        "cluster.parallelism, 0",
        "cluster.deadline, 0s",
        "start.retry-every, -1s"
    })
    void invalid_value_is_refused(String property, String value) {
        write("citus-tenancy." + property, value);

        assertThat(refused()).containsExactly("citus-tenancy." + property);
    }

    @Test
    void all_invalid_properties_are_reported_together() {
        write("citus-tenancy.projects.copy.database", "app_production");
        write("citus-tenancy.projects.copy.users.copy_user.name", "app_user");
        write("citus-tenancy.projects.copy.users.copy_user.password", "another-Secret-1");
        write("citus-tenancy.projects.empty.database", "empty");
        write("citus-tenancy.projects.headless.users.reader.level", "read-only");
        write("citus-tenancy.projects.lost.users.lost_user.password-file", "/no/such/file");

        assertThat(refused())
                .containsExactlyInAnyOrder(
                        "citus-tenancy.projects.copy.database",
                        "citus-tenancy.projects.copy.users",
                        "citus-tenancy.projects.empty.users",
                        "citus-tenancy.projects.headless.users",
                        "citus-tenancy.projects.headless.users.reader.password",
                        "citus-tenancy.projects.lost.users.lost_user.password-file");
    }

    @Test
    void unresolved_placeholder_is_refused_as_password() {
        write(PROJECT + "users.app_user.password", "${NOBODY_SAYS_THIS}");
        write("citus-tenancy.cluster.password", "${NOBODY_SAYS_THIS}");

        assertThat(refused()).containsExactly(PROJECT + "users.app_user.password");
        assertThatThrownBy(this::readWithCluster)
                .isInstanceOf(InvalidPropertiesException.class)
                .hasMessageContaining("citus-tenancy.cluster.password is ${NOBODY_SAYS_THIS}");

        written.put(PROJECT + "users.app_user.password", "with ${NOBODY_SAYS_THIS} in it");
        assertThat(read().project("app").owner().password()).contains(Secret.of("with ${NOBODY_SAYS_THIS} in it"));
    }

    @Test
    void missing_or_duplicate_cluster_is_refused() {
        write("citus-tenancy.cluster.url", "jdbc:postgresql://other:5432/postgres");
        written.remove("citus-tenancy.cluster.password");

        assertThatThrownBy(this::readWithCluster)
                .isInstanceOf(InvalidPropertiesException.class)
                .hasMessageContaining("citus-tenancy.cluster.url is there beside host")
                .hasMessageContaining("citus-tenancy.cluster.password is missing");
    }

    private List<String> refused() {
        try {
            read();
            return List.of();
        } catch (InvalidPropertiesException refused) {
            return refused.properties().stream().map(InvalidProperty::name).toList();
        }
    }

    private void write(String property, String value) {
        written.put(property, value);
    }

    private Definitions read() {
        return new DefinitionReader(bound(), List.of(), Map.of(), Optional.empty()).read();
    }

    private Definitions readWithCluster() {
        return new DefinitionReader(bound(), List.of(), Map.of(), Optional.empty()).readWithCluster();
    }

    private CitusTenancyProperties bound() {
        return bound(environment());
    }

    private static CitusTenancyProperties bound(StandardEnvironment environment) {
        ConfigurationPropertySources.attach(environment);
        return Binder.get(environment).bindOrCreate(CitusTenancyProperties.PREFIX, CitusTenancyProperties.class);
    }

    private StandardEnvironment environment() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("written", written));
        return environment;
    }
}
