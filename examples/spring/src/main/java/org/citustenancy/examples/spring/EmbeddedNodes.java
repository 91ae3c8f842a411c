package org.citustenancy.examples.spring;

import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.users.Secret;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** A cluster that runs as long as the application. */
@Configuration(proxyBeanMethods = false)
@Profile("embedded")
class EmbeddedNodes {

    @Bean
    EmbeddedCluster embeddedCluster() {
        return EmbeddedCluster.builder().start();
    }

    @Bean
    CitusConnectionDetails embeddedConnectionDetails(EmbeddedCluster cluster) {
        return new Details(cluster.jdbcUrl("postgres"), cluster.adminUser(), Secret.of(cluster.adminPassword()));
    }

    private record Details(String jdbcUrl, String admin, Secret adminPassword) implements CitusConnectionDetails {}
}
