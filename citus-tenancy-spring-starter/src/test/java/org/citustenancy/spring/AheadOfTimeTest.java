package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.function.Predicate;
import org.citustenancy.hikari.pool.PoolFigures;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectEndpointAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.internal.endpoint.ProjectReport;
import org.citustenancy.spring.internal.endpoint.ProjectsReport;
import org.citustenancy.spring.internal.endpoint.RepairingProjectsEndpoint;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.PoolProperties;
import org.citustenancy.spring.properties.ProjectProperties;
import org.citustenancy.spring.properties.UserProperties;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

/** An application that is processed ahead of time, when passwords are unknown; no cluster is asked. */
class AheadOfTimeTest {

    private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
    private final DefaultGenerationContext generated = new DefaultGenerationContext(
            new ClassNameGenerator(ClassName.get("org.citustenancy.spring", "Application")), files);

    @Test
    void reflection_hints_are_registered() {
        process();

        assertKept(Secret.class, reflection().onMethodInvocation(Secret.class, "of"));
        assertKept(OfProject.class, reflection().onMethodInvocation(OfProject.class, "value"));
        for (Class<?> properties : new Class<?>[] {
            CitusTenancyProperties.class, ProjectProperties.class, UserProperties.class, PoolProperties.class
        }) {
            assertKept(
                    properties, reflection().onConstructorInvocation(properties.getDeclaredConstructors()[0]));
        }
        assertKept(Connection.class, proxies().forInterfaces(Connection.class));
        assertKept(
                "db/migration/common/V1__settings.sql", resource().forResource("db/migration/common/V1__settings.sql"));
        assertKept(
                "db/migration/analytics/V2__events.sql",
                resource().forResource("db/migration/analytics/V2__events.sql"));
    }

    @Test
    void hints_of_the_endpoint_and_its_repair_operation_are_registered() {
        process();

        assertKept(
                RepairingProjectsEndpoint.class,
                reflection().onMethodInvocation(RepairingProjectsEndpoint.class, "repair"));
        for (Class<?> type : new Class<?>[] {
            ProjectReport.class,
            ProjectReport.OneStep.class,
            ProjectsReport.OneProject.class,
            ProjectsReport.OneNode.class,
            PoolFigures.class
        }) {
            assertKept(type, reflection().onMethodInvocation(type, type.getRecordComponents()[0].getName()));
        }
    }

    @Test
    void generated_application_has_the_beans_of_each_project(@TempDir Path directory) throws Exception {
        String initializer = process().canonicalName();

        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader = new GeneratedClasses(directory).compile(files)) {
            thread.setContextClassLoader(loader);
            Runnable application = (Runnable) loader.loadClass(GeneratedApplication.class.getName())
                    .getConstructor(String.class)
                    .newInstance(initializer);
            application.run();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private ClassName process() {
        AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
        GeneratedApplication.add(application, GeneratedApplication.PROPERTIES);
        application.register(
                CitusTenancyAutoConfiguration.class,
                ProjectFlywayAutoConfiguration.class,
                ProjectJooqAutoConfiguration.class,
                ProjectHealthAutoConfiguration.class,
                ProjectEndpointAutoConfiguration.class,
                GeneratedApplication.Injection.class);
        ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(application, generated);
        generated.writeGeneratedContent();
        return initializer;
    }

    private void assertKept(Object what, Predicate<RuntimeHints> hint) {
        assertThat(hint.test(generated.getRuntimeHints()))
                .as("%s is kept", what)
                .isTrue();
    }
}
