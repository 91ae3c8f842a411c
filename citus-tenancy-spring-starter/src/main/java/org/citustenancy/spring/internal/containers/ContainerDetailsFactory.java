package org.citustenancy.spring.internal.containers;

import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.users.Secret;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.JdbcDatabaseContainer;

/** Provides the coordinator in a container of PostgreSQL that is annotated with {@code @ServiceConnection("citus")}. */
final class ContainerDetailsFactory
        extends ContainerConnectionDetailsFactory<JdbcDatabaseContainer<?>, CitusConnectionDetails> {

    ContainerDetailsFactory() {
        super("citus");
    }

    @Override
    protected CitusConnectionDetails getContainerConnectionDetails(
            ContainerConnectionSource<JdbcDatabaseContainer<?>> source) {
        return new Details(source);
    }

    /** Reads the details from the container after its start. */
    private static final class Details extends ContainerConnectionDetails<JdbcDatabaseContainer<?>>
            implements CitusConnectionDetails {

        Details(ContainerConnectionSource<JdbcDatabaseContainer<?>> source) {
            super(source);
        }

        @Override
        public String jdbcUrl() {
            return getContainer().getJdbcUrl();
        }

        @Override
        public String admin() {
            return getContainer().getUsername();
        }

        @Override
        public Secret adminPassword() {
            return Secret.of(getContainer().getPassword());
        }
    }
}
