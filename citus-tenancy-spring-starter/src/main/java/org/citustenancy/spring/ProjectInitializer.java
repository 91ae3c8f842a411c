package org.citustenancy.spring;

import org.citustenancy.connection.ConnectionInfo;

/**
 * Initializes a project after it was created and before it is used. Beans of this type are run in their
 * order for each project, for several projects at the same time, and again at the next start: so they change nothing that
 * is there already.
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
     * Brings something into a project. What it throws is the project's failure, not that of the others.
     *
     * @param project the project's key under {@code citus-tenancy.projects}
     * @param owner connects to it as the user who owns it
     */
    void initialize(String project, ConnectionInfo owner);
}
