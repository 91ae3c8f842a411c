package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.environment.ConnectionVariables;

/** The code of docs/pools.md, which {@link GuideTest} runs. */
final class PoolsExample {

    private PoolsExample() {}

    static ProjectPools open(CitusCluster cluster, ConnectionInfo app, ConnectionVariables variables) {
        // begin pools-opening
        ProjectPools pools = ProjectPools.builder()
                .cluster(cluster) // follows passwords and workers that are changed through it
                .project(app)
                .project(variables.connection(
                        "ANALYTICS_")) // ConnectionVariables.ofProcess(), or .ofFile(Path.of(".env"))
                .budget(ConnectionBudget.of(40).guarantee("app_production", 5).limit("analytics", 10))
                .settings("analytics", settings -> settings.max(10).statementTimeoutMillis(60_000))
                .open();
        DataSource dataSource = pools.dataSource("app_production", "app_user");
        int waiting = pools.pool("app_production", "app_user").figures().waiting();
        // end pools-opening
        assertThat(dataSource).isNotNull();
        assertThat(waiting).isZero();
        return pools;
    }

    static void follow(ProjectPools pools) throws SQLException {
        // begin pools-scopes
        DataSource dataSource = pools.scopes().dataSource();
        try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
            dataSource.getConnection().close(); // of analytics
        }
        // end pools-scopes
    }
}
