package org.citustenancy.spring.internal.start;

import java.util.List;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ends the application after it has processed all projects once, before the runners of the application begin. The exit
 * code is 0 if all projects are ready, and {@value #SOME_FAILED} if some are not. Spring Boot ends an application that
 * cannot start with 1.
 */
public final class MigrationJob implements ApplicationListener<ApplicationStartedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationJob.class);
    private static final int SOME_FAILED = 2;

    private final List<ProjectDefinition> projects;
    private final ObjectProvider<ProjectStart> start;

    /**
     * Creates a job that begins when the application has started.
     *
     * @param start processes the projects when it is created
     */
    public MigrationJob(List<ProjectDefinition> projects, ObjectProvider<ProjectStart> start) {
        this.projects = List.copyOf(projects);
        this.start = start;
    }

    @Override
    public void onApplicationEvent(ApplicationStartedEvent started) {
        int code = report(start.getObject());
        System.exit(SpringApplication.exit(started.getApplicationContext(), () -> code));
    }

    private int report(ProjectStart processed) {
        int failed = 0;
        for (ProjectDefinition project : projects) {
            Optional<CitusTenancyException> failure = processed.failure(project.key());
            if (failure.isPresent()) {
                failed++;
                LOG.error(
                        "Project {} ({}): failed: {}",
                        project.key(),
                        project.database(),
                        failure.get().failure());
            } else {
                LOG.info("Project {} ({}): ready", project.key(), project.database());
            }
        }
        LOG.info("{} of {} projects are ready, {} failed", projects.size() - failed, projects.size(), failed);
        return failed == 0 ? 0 : SOME_FAILED;
    }
}
