package org.citustenancy.spring.internal.containers;

import java.util.Map;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.users.Secret;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Provides the coordinator among the services of Docker Compose: a service with the image {@code citusdata/citus} or
 * the label {@code org.springframework.boot.service-connection: citus}. Workers with the same image need the label
 * {@code org.springframework.boot.ignore: true}.
 */
final class ComposeDetailsFactory extends DockerComposeConnectionDetailsFactory<CitusConnectionDetails> {

    private static final int PORT = 5432;

    ComposeDetailsFactory() {
        super(new String[] {"citusdata/citus", "citus"});
    }

    @Override
    protected CitusConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new Details(source.getRunningService());
    }

    /** Reads the service's environment, with the defaults of the image. */
    private static final class Details extends DockerComposeConnectionDetails implements CitusConnectionDetails {

        private final String jdbcUrl;
        private final String admin;
        private final Secret adminPassword;

        Details(RunningService service) {
            super(service);
            Map<String, String> environment = service.env();
            this.admin = environment.getOrDefault("POSTGRES_USER", "postgres");
            this.jdbcUrl = "jdbc:postgresql://" + service.host() + ":"
                    + service.ports().get(PORT) + "/" + environment.getOrDefault("POSTGRES_DB", admin);
            String password = environment.get("POSTGRES_PASSWORD");
            if (password == null) {
                throw new InvalidRequestException(
                        Failure.of("The service " + service.name() + " has no POSTGRES_PASSWORD in its environment")
                                .fix("set it there, or label the service org.springframework.boot.ignore: true"));
            }
            this.adminPassword = Secret.of(password);
        }

        @Override
        public String jdbcUrl() {
            return jdbcUrl;
        }

        @Override
        public String admin() {
            return admin;
        }

        @Override
        public Secret adminPassword() {
            return adminPassword;
        }
    }
}
