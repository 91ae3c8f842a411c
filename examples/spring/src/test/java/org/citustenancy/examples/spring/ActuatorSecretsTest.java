package org.citustenancy.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** With every endpoint open over HTTP and JMX, no password is in any answer, and in no attribute of any bean of the JVM's. */
class ActuatorSecretsTest {

    private static final Pattern LINK = Pattern.compile("\"href\":\"([^\"{]+)\"");
    private static final String APP = "an-App-Password-of-its-own";
    private static final String ANALYTICS = "Analytics-has-another-One";

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void endpoints_and_jmx_show_no_password() throws Exception {
        try (EmbeddedCluster cluster = CitusAssumption.startWithCitus(
                        EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256));
                ConfigurableApplicationContext application = start(cluster)) {
            Map<String, String> answers = answers(
                    "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + "/actuator");
            answers.putAll(beans());

            // Otherwise nothing would be found because nothing was asked.
            assertThat(answers.get("/env")).contains("citus-tenancy.projects.app.users.app_user.password");
            assertThat(answers.get("/configprops")).contains("citus-tenancy");
            assertThat(answers.get("/citustenancy/app")).contains("READY");
            assertThat(answers.keySet())
                    .anyMatch(name -> name.contains("type=Endpoint,name=Env"))
                    .anyMatch(name -> name.contains("type=Endpoint,name=Citustenancy"));
            for (String secret : List.of(APP, ANALYTICS, cluster.adminPassword(), "SCRAM-SHA-256$")) {
                assertThat(answers).allSatisfy((where, answer) -> assertThat(answer.contains(secret))
                        .as("whether %s tells %s", where, secret)
                        .isFalse());
            }
        }
    }

    private static ConfigurableApplicationContext start(EmbeddedCluster cluster) {
        URI coordinator = URI.create(cluster.jdbcUrl("postgres").substring("jdbc:".length()));
        return SpringApplication.run(
                SpringExample.class,
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--citus-tenancy.cluster.host=127.0.0.1",
                "--citus-tenancy.cluster.port=" + coordinator.getPort(),
                "--citus-tenancy.cluster.admin=" + cluster.adminUser(),
                "--citus-tenancy.cluster.password=" + cluster.adminPassword(),
                "--citus-tenancy.projects.app.users.app_user.password=" + APP,
                "--citus-tenancy.projects.analytics.users.analytics_user.password=" + ANALYTICS,
                "--spring.jmx.enabled=true",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoints.jmx.exposure.include=*");
    }

    /** What each endpoint says, and what one of them says of each project and property. */
    private Map<String, String> answers(String root) throws IOException, InterruptedException {
        Map<String, String> answers = new TreeMap<>();
        String index = get(root);
        for (Matcher link = LINK.matcher(index); link.find(); ) {
            // Only who may see everything may see the heap.
            if (!link.group(1).endsWith("/heapdump")) {
                answers.put(link.group(1).substring(root.length()), get(link.group(1)));
            }
        }
        for (String more : List.of(
                "/citustenancy/app",
                "/citustenancy/analytics",
                "/env/citus-tenancy.cluster.password",
                "/env/citus-tenancy.projects.app.users.app_user.password",
                "/configprops/citus-tenancy",
                "/health/citusTenancy")) {
            answers.put(more, get(root + more));
        }
        return answers;
    }

    private String get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private static Map<String, String> beans() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, String> answers = new TreeMap<>();
        for (ObjectName bean : server.queryNames(null, null)) {
            StringBuilder all = new StringBuilder();
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
                if (attribute.isReadable()) {
                    all.append(said(attribute, () -> server.getAttribute(bean, attribute.getName())));
                }
            }
            for (MBeanOperationInfo operation : server.getMBeanInfo(bean).getOperations()) {
                if ("Endpoint".equals(bean.getKeyProperty("type"))
                        && operation.getImpact() == MBeanOperationInfo.INFO) {
                    Object[] nothing = new Object[operation.getSignature().length];
                    String[] types = Arrays.stream(operation.getSignature())
                            .map(parameter -> parameter.getType())
                            .toArray(String[]::new);
                    all.append(said(operation, () -> server.invoke(bean, operation.getName(), nothing, types)));
                }
            }
            answers.put(bean.toString(), all.toString());
        }
        return answers;
    }

    private interface Asking {

        Object answer() throws JMException;
    }

    private static String said(MBeanFeatureInfo feature, Asking asking) {
        try {
            Object answer = asking.answer();
            String text = answer instanceof Object[] several ? Arrays.deepToString(several) : String.valueOf(answer);
            return feature.getName() + ": " + text + "\n";
        } catch (JMException | RuntimeMBeanException refused) {
            // Such as a figure that this JVM does not have.
            return feature.getName() + ": " + refused + " " + refused.getCause() + "\n";
        }
    }
}
