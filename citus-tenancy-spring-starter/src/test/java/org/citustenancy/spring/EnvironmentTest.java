package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.internal.definition.DefinitionReader;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environment variables for projects and users whose keys have underscores; nothing is connected to. */
class EnvironmentTest {

    private static final String USER = "citus-tenancy.projects.data_warehouse.users.dw_user.";

    private final Map<String, Object> written = new HashMap<>(Map.of(USER + "level", "owner"));

    @ParameterizedTest
    @CsvSource({
        "data_warehouse, dw_user, CITUS_TENANCY_PROJECTS_DATA_WAREHOUSE_USERS_DW_USER_PASSWORD",
        "data-warehouse, dw-user, CITUS_TENANCY_PROJECTS_DATA_WAREHOUSE_USERS_DW_USER_PASSWORD",
        "warehouse, dwuser, CITUS_TENANCY_PROJECTS_WAREHOUSE_USERS_DWUSER_PASSWORD",
        "warehouse, dwuser, CITUSTENANCY_PROJECTS_WAREHOUSE_USERS_DWUSER_PASSWORD"
    })
    void variable_binds_to_the_configured_key(String project, String user, String variable) {
        written.clear();
        written.put("citus-tenancy.projects." + project + ".users." + user + ".level", "owner");

        Definitions definitions = read(Map.of(variable, "from-Environment-1"));

        assertThat(definitions.projects()).extracting(ProjectDefinition::key).containsExactly(project);
        assertThat(definitions.project(project).users()).hasSize(1);
        assertThat(definitions.project(project).owner().password()).contains(Secret.of("from-Environment-1"));
    }

    @Test
    void missing_password_is_reported_with_its_variable() {
        InvalidProperty missing = refused(Map.of()).get(0);

        assertThat(missing.name()).isEqualTo(USER + "password");
        String variable = missing.action().replaceFirst("(?s).*environment as (\\w+).*", "$1");
        assertThat(read(Map.of(variable, "from-Environment-1"))
                        .project("data_warehouse")
                        .owner()
                        .password())
                .contains(Secret.of("from-Environment-1"));
    }

    @ParameterizedTest
    @CsvSource({
        "POOL_MAX, projects.datawarehouse, CITUS_TENANCY_PROJECTS_DATA_WAREHOUSE_",
        "USERS_DWUSER_CONNECTIONLIMIT, projects.datawarehouse, CITUS_TENANCY_PROJECTS_DATA_WAREHOUSE_"
    })
    void variable_without_underscores_creates_no_second_project(String rest, String refused, String instead) {
        written.put(USER + "password", "dw-Secret-1");

        List<InvalidProperty> problems = refused(Map.of("CITUSTENANCY_PROJECTS_DATAWAREHOUSE_" + rest, "5"));

        assertThat(problems).extracting(InvalidProperty::name).contains("citus-tenancy." + refused);
        assertThat(problems.get(0).action()).contains(instead);
    }

    @Test
    void variable_without_underscores_creates_no_second_user() {
        written.clear();
        written.put("citus-tenancy.projects.app.users.app_user.password", "app-Secret-1");

        List<InvalidProperty> problems =
                refused(Map.of("CITUSTENANCY_PROJECTS_APP_USERS_APPUSER_PASSWORD", "from-Environment-1"));

        assertThat(problems)
                .extracting(InvalidProperty::name)
                .containsExactly("citus-tenancy.projects.app.users.appuser");
        assertThat(problems.get(0).action()).contains("CITUS_TENANCY_PROJECTS_APP_USERS_APP_USER_");
    }

    private List<InvalidProperty> refused(Map<String, Object> variables) {
        return catchThrowableOfType(InvalidPropertiesException.class, () -> read(variables))
                .properties();
    }

    private Definitions read(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("written", written));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        return new DefinitionReader(
                        Binder.get(environment)
                                .bindOrCreate(CitusTenancyProperties.PREFIX, CitusTenancyProperties.class),
                        List.of(),
                        Map.of(),
                        Optional.empty())
                .read();
    }
}
