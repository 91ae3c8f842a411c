package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The details that a container gives; none is started. */
class ContainersTest {

    @Test
    void a_container_that_is_a_service_connection_is_the_cluster() {
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
