package org.citustenancy.spring.scopes;

import org.citustenancy.testing.TestCluster;

/** The properties of an application with two projects, neither of them primary. */
final class ScopedApplication {

    private ScopedApplication() {}

    static String[] properties(TestCluster nodes, String app, String analytics) {
        return new String[] {
            "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
            "citus-tenancy.cluster.admin=" + nodes.options().admin(),
            "citus-tenancy.cluster.password=" + nodes.options().adminPassword().reveal(),
            "citus-tenancy.projects.app.database=" + app,
            "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
            "citus-tenancy.projects.analytics.database=" + analytics,
            "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1"
        };
    }
}
