package org.citustenancy.spring.internal.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.ProjectTables;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes the tables that migrations have created, as the rules of their projects say. Runs after the other
 * initializers, as the project's owner.
 */
final class DeclaredTables implements ProjectInitializer {

    private static final Logger LOG = LoggerFactory.getLogger(DeclaredTables.class);

    private final Map<String, DistributionRules> rules = new HashMap<>();

    DeclaredTables(List<ProjectDefinition> projects) {
        projects.forEach(project -> project.distribution().ifPresent(declared -> rules.put(project.key(), declared)));
    }

    /** Returns whether no project has rules. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    @Override
    public void initialize(String project, ConnectionInfo owner) {
        DistributionRules declared = rules.get(project);
        if (declared == null) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(
                owner.jdbcUrl(), owner.user(), owner.password().reveal())) {
            List<TableStep> steps =
                    ProjectTables.over(connection).apply(declared).steps();
            steps.forEach(step -> LOG.info("Project {}: {}", project, step.description()));
        } catch (SQLException failure) {
            throw new IllegalStateException(
                    "its tables could not be distributed: " + failure.getMessage() + " [" + failure.getSQLState() + "]",
                    failure);
        }
    }
}
