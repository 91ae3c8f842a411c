package org.citustenancy.spring;

import org.citustenancy.connection.ConnectionInfo;

/**
 * Initializes a project after its creation and before its first use. The starter runs beans of this type in their order
 * for each project, for several projects at the same time, and again at the next start. For that reason they must not
 * change existing objects.
 *
 * <pre>{@code
 * @Bean
 * ProjectInitializer settings() {
 *     return (project, owner) -> {
 *         try (Connection connection = DriverManager.getConnection(
 *                         owner.jdbcUrl(), owner.user(), owner.password().reveal());
 *                 Statement statement = connection.createStatement()) {
 *             statement.execute("create table if not exists settings (name text primary key, value text)");
 *         } catch (SQLException failure) {
 *             throw new IllegalStateException(failure);
 *         }
 *     };
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ProjectInitializer {

    /**
     * Initializes a project. An exception marks this project as failed and does not affect the others.
     *
     * @param project the project's key under {@code citus-tenancy.projects}
     * @param owner connects to the project as its owner
     */
    void initialize(String project, ConnectionInfo owner);
}
