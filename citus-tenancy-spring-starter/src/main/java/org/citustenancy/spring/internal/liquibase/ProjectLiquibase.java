package org.citustenancy.spring.internal.liquibase;

import java.util.List;
import liquibase.Scope;
import liquibase.SingletonScopeManager;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.errors.Failure;
import org.citustenancy.spring.errors.ProjectInitializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the change logs of one project when the project is initialized, not when this bean is created. */
final class ProjectLiquibase extends SpringLiquibase {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectLiquibase.class);

    private final String project;
    private final List<String> changeLogs;

    /**
     * Creates a Liquibase for the change logs of a project.
     *
     * @param changeLogs their locations, in their order
     */
    ProjectLiquibase(String project, List<String> changeLogs) {
        this.project = project;
        this.changeLogs = List.copyOf(changeLogs);
    }

    /** Does nothing: the change logs ran when the application started. */
    @Override
    public void afterPropertiesSet() {}

    void update() {
        List<String> there = changeLogs.stream()
                .filter(changeLog -> getResourceLoader().getResource(changeLog).exists())
                .toList();
        if (there.isEmpty()) {
            LOG.warn("The project {} has no change log: there is none of {}", project, changeLogs);
        }
        // A thread inherits the scope of its creator, which may contain objects of another run.
        Scope.setScopeManager(new SingletonScopeManager());
        for (String changeLog : there) {
            setChangeLog(changeLog);
            try {
                super.afterPropertiesSet();
            } catch (LiquibaseException failure) {
                throw new ProjectInitializationException(
                        Failure.of("The change log " + changeLog + " cannot be run in the project \"" + project + "\": "
                                        + failure.getMessage())
                                .state("its database and users are ready, and the change sets before are kept")
                                .fix("correct the change set, and start the application again"),
                        failure);
            }
        }
    }
}
