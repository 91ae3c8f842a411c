package org.citustenancy.spring.internal.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.hikari.ProjectPool;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.pool.PoolFigures;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Checks that a project was available at the start, and responds to the application's user. */
final class ProjectHealth implements HealthIndicator {

    private static final int PATIENCE_SECONDS = 5;

    private final ProjectDefinition project;
    private final ProjectStart start;
    private final ProjectPools pools;
    private final Status down;

    ProjectHealth(ProjectDefinition project, ProjectStart start, ProjectPools pools, Status down) {
        this.project = project;
        this.start = start;
        this.pools = pools;
        this.down = down;
    }

    @Override
    public Health health() {
        Health.Builder health = new Health.Builder()
                .withDetail("database", project.database())
                .withDetail("user", project.user().name());
        Optional<CitusTenancyException> failure = start.failure(project.key());
        if (failure.isPresent()) {
            return health.status(down)
                    .withDetail("error", failure.get().failure().toString())
                    .build();
        }
        try {
            ProjectPool pool = pools.pool(project.database(), project.user().name());
            try (Connection connection = pool.dataSource().getConnection()) {
                health.status(connection.isValid(PATIENCE_SECONDS) ? Status.UP : down);
            }
            PoolFigures figures = pool.figures();
            return health.withDetail("connections", figures.total())
                    .withDetail("idle", figures.idle())
                    .withDetail("waiting", figures.waiting())
                    .build();
        } catch (SQLException | CitusTenancyException unavailable) {
            return health.status(down)
                    .withDetail("error", String.valueOf(unavailable.getMessage()))
                    .build();
        }
    }
}
