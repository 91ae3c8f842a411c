package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A Compose file whose services Spring Boot starts with the application, and ends with it. */
class ComposeServicesTest {

    private static final String SERVICES = """
            services:
              coordinator:
                image: %1$s
                environment:
                  POSTGRES_PASSWORD: boss-Secret-1
                ports:
                  - "127.0.0.1::5432"
              worker:
                image: %1$s
                environment:
                  POSTGRES_PASSWORD: boss-Secret-1
                labels:
                  org.springframework.boot.ignore: true
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void requireCompose() throws InterruptedException {
        DockerCompose.assume();
        DockerCompose.assumeImage();
    }

    /** An application that does not start leaves its services running. */
    @AfterEach
    void end() throws InterruptedException {
        Path file = directory.resolve("compose.yaml");
        if (Files.exists(file)) {
            assertThat(DockerCompose.succeeds("docker", "compose", "--file", file.toString(), "down", "--volumes"))
                    .isTrue();
        }
    }

    @Test
    void coordinator_of_the_services_becomes_the_cluster() throws IOException {
        Path file =
                Files.writeString(directory.resolve("compose.yaml"), SERVICES.formatted(EmbeddedCluster.DEFAULT_IMAGE));
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        try (ConfigurableApplicationContext context = application.run(
                "--spring.docker.compose.file=" + file,
                "--spring.docker.compose.skip.in-tests=false",
                "--citus-tenancy.projects.shop.users.shop_user.password=Shop-Secret-1")) {
            assertThat(context.getBeansOfType(CitusConnectionDetails.class)).hasSize(1);
            assertThat(JdbcClient.create(context.getBean(DataSource.class))
                            .sql("select current_user || '@' || current_database()")
                            .query(String.class)
                            .single())
                    .isEqualTo("shop_user@shop");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(CitusTenancyAutoConfiguration.class)
    static class Application {}
}
