package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.environment.ConnectionVariables;

/** The code of docs/pools.md, so that it compiles. */
final class PoolsExample {

    private PoolsExample() {}

    static ProjectPools open(CitusCluster cluster, ConnectionInfo app) {
        // begin opening
        ProjectPools pools = ProjectPools.builder()
                .cluster(cluster) // follows passwords and workers that are changed through it
                .project(app)
                .project(ConnectionVariables.ofProcess().connection("ANALYTICS_"))
                .budget(ConnectionBudget.of(40).guarantee("app_production", 5).limit("analytics", 10))
                .settings("analytics", settings -> settings.max(10).statementTimeoutMillis(60_000))
                .open();
        DataSource dataSource = pools.dataSource("app_production", "app_user");
        int waiting = pools.pool("app_production", "app_user").figures().waiting();
        // end opening
        assertThat(dataSource).isNotNull();
        assertThat(waiting).isZero();
        return pools;
    }

    static void follow(ProjectPools pools) throws SQLException {
        // begin scopes
        DataSource dataSource = pools.scopes().dataSource();
        try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
            dataSource.getConnection().close(); // of analytics
        }
        // end scopes
    }
}
