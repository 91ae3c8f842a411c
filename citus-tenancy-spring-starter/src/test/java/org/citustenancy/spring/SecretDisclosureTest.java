package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectEndpointAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectMetricsAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.actuate.autoconfigure.beans.BeansEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.condition.ConditionsReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.logging.LoggersEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.management.ThreadDumpEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.mappings.MappingsEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** What an operator reads of a running application has no password in it, whatever the operator has set to be shown. */
@RequiresCluster
class SecretDisclosureTest {

    private static final List<String> SHOWING_VALUES = List.of(
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.health.show-details=always",
            "management.endpoint.health.show-components=always");

    private final TestCluster nodes;
    private final String app = TestCluster.unique("secrets_app");

    SecretDisclosureTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void endpoints_and_mbeans_show_no_password() throws SQLException {
        try {
            application().run(context -> {
                assertThat(context).hasNotFailed();
                context.getBean(JdbcClient.class).sql("select 1").query().singleRow();

                String admin = nodes.options().adminPassword().reveal();
                Map<String, String> endpoints = endpoints(context);
                assertThat(endpoints)
                        .containsKeys(
                                "beans",
                                "citustenancy",
                                "conditions",
                                "configprops",
                                "env",
                                "health",
                                "info",
                                "loggers",
                                "mappings",
                                "metrics",
                                "threaddump");
                // Values are shown, and where they are, they are those of this application.
                assertThat(endpoints.get("env")).contains(app, "vault.of-app", "sslpassword=********");
                assertThat(endpoints.get("configprops")).contains(app, "sslpassword=********");
                assertThat(endpoints)
                        .allSatisfy((endpoint, text) -> assertThat(text).doesNotContain("Secret-1", admin));

                Map<String, String> beans = mbeans();
                assertThat(beans.keySet()).anyMatch(name -> name.contains("type=PoolConfig") && name.contains(app));
                assertThat(beans).allSatisfy((name, text) -> assertThat(text).doesNotContain("Secret-1", admin));
            });
        } finally {
            nodes.discard(List.of(app));
        }
    }

    /** What each endpoint answers, by its name. */
    private static Map<String, String> endpoints(ApplicationContext context) throws Exception {
        Map<String, String> answers = new TreeMap<>();
        for (Object endpoint : context.getBeansWithAnnotation(Endpoint.class).values()) {
            Class<?> type = AopUtils.getTargetClass(endpoint);
            StringBuilder text = new StringBuilder();
            for (Method method : type.getMethods()) {
                if (AnnotatedElementUtils.hasAnnotation(method, ReadOperation.class)) {
                    for (String selected : List.of("app", "citus-tenancy.cluster.password", "vault.of-app")) {
                        text.append(read(endpoint, method, selected)).append('\n');
                    }
                }
            }
            answers.put(
                    AnnotatedElementUtils.findMergedAnnotation(type, Endpoint.class)
                            .id(),
                    text.toString());
        }
        return answers;
    }

    private static String read(Object endpoint, Method method, String selected) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameters())
                .map(Parameter::getType)
                .map(type -> type == String.class
                        ? (method.getName().equals("environment") ? null : selected)
                        : type == String[].class ? new String[] {selected} : null)
                .toArray();
        method.setAccessible(true);
        try {
            return JsonMapper.builder().build().writeValueAsString(method.invoke(endpoint, arguments));
        } catch (InvocationTargetException refused) {
            return String.valueOf(refused.getCause());
        }
    }

    /** All that can be read of the MBeans of the pools and of Spring, by name. */
    private static Map<String, String> mbeans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, String> found = new TreeMap<>();
        for (ObjectName name : server.queryNames(null, null)) {
            if (!name.getDomain().matches("java\\..*|jdk\\..*|com\\.sun\\..*|JMImplementation")) {
                StringBuilder text = new StringBuilder();
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    if (attribute.isReadable()) {
                        text.append(server.getAttribute(name, attribute.getName()))
                                .append('\n');
                    }
                }
                for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
                    if (operation.getSignature().length == 0) {
                        text.append(invoked(server, name, operation)).append('\n');
                    }
                }
                found.put(name.toString(), text.toString());
            }
        }
        return found;
    }

    private static String invoked(MBeanServer server, ObjectName name, MBeanOperationInfo operation)
            throws JMException {
        try {
            return String.valueOf(server.invoke(name, operation.getName(), new Object[0], new String[0]));
        } catch (RuntimeMBeanException refused) {
            return String.valueOf(refused.getCause());
        }
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectHealthAutoConfiguration.class,
                        ProjectMetricsAutoConfiguration.class,
                        ProjectEndpointAutoConfiguration.class,
                        EndpointAutoConfiguration.class,
                        BeansEndpointAutoConfiguration.class,
                        ConditionsReportEndpointAutoConfiguration.class,
                        ConfigurationPropertiesReportEndpointAutoConfiguration.class,
                        EnvironmentEndpointAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class,
                        InfoContributorAutoConfiguration.class,
                        InfoEndpointAutoConfiguration.class,
                        LoggersEndpointAutoConfiguration.class,
                        MappingsEndpointAutoConfiguration.class,
                        MetricsEndpointAutoConfiguration.class,
                        ThreadDumpEndpointAutoConfiguration.class))
                .withBean(io.micrometer.core.instrument.simple.SimpleMeterRegistry.class)
                .withBean(
                        org.springframework.boot.logging.LoggingSystem.class,
                        () -> org.springframework.boot.logging.LoggingSystem.get(
                                SecretDisclosureTest.class.getClassLoader()))
                .withBean(PoolMetrics.class, PoolMetrics::jmx)
                .withPropertyValues(SHOWING_VALUES.toArray(String[]::new))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "vault.of-app=app-Secret-1",
                        "started.with=--vault.of-app=app-Secret-1 --server.port=0",
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl()
                                + (nodes.options().jdbcUrl().contains("?") ? "&" : "?") + "sslpassword=url-Secret-1",
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.level=owner",
                        "citus-tenancy.projects.app.users." + app + "_user.password=${vault.of-app}",
                        "citus-tenancy.projects.app.users." + app + "_reader.level=read-only",
                        "citus-tenancy.projects.app.users." + app + "_reader.password=reader-Secret-1");
    }
}
