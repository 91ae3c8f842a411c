package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The details that a container gives: one that is not started, and, where there is an engine with the image, one that is. */
class ContainersTest {

    @Test
    void container_with_a_service_connection_becomes_the_cluster() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class))
                .withUserConfiguration(Containers.class)
                .run(context -> {
                    CitusConnectionDetails details = context.getBean(CitusConnectionDetails.class);
                    assertThat(details.jdbcUrl()).isEqualTo("jdbc:postgresql://docker:7/shop");
                    assertThat(details.admin()).isEqualTo("boss");
                    assertThat(details.adminPassword()).isEqualTo(Secret.of("boss-Secret-1"));
                });
    }

    @Test
    void started_container_has_the_projects() throws InterruptedException {
        DockerCompose.assumeImage();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        ServiceConnectionAutoConfiguration.class, CitusTenancyAutoConfiguration.class))
                .withUserConfiguration(StartedContainers.class)
                .withPropertyValues("citus-tenancy.projects.shop.users.shop_user.password=Shop-Secret-1")
                .run(context -> assertThat(JdbcClient.create(context.getBean(DataSource.class))
                                .sql("select current_user || '@' || current_database()")
                                .query(String.class)
                                .single())
                        .isEqualTo("shop_user@shop"));
    }

    @Configuration(proxyBeanMethods = false)
    static class StartedContainers {

        @Bean
        @ServiceConnection("citus")
        PostgreSQLContainer citus() {
            return new PostgreSQLContainer(
                            DockerImageName.parse(EmbeddedCluster.DEFAULT_IMAGE).asCompatibleSubstituteFor("postgres"))
                    .withUsername("boss")
                    .withPassword("boss-Secret-1")
                    // Instead of the one by which the class makes PostgreSQL faster.
                    .withCommand("postgres");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Containers {

        @Bean
        @ServiceConnection("citus")
        Unstarted citus() {
            return new Unstarted();
        }
    }

    /** Has the address that a started one would have. */
    static final class Unstarted extends PostgreSQLContainer {

        Unstarted() {
            super(DockerImageName.parse("citusdata/citus:13.2.0").asCompatibleSubstituteFor("postgres"));
            withUsername("boss").withPassword("boss-Secret-1");
        }

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://docker:7/shop";
        }
    }
}
