package com.example;

import java.sql.Connection;
import java.sql.ResultSet;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.users.Secret;

/** A program that has the pools and nothing else. */
class Pools {

    public static void main(String... arguments) throws Exception {
        ClusterOptions options = ClusterOptions.of(
                        System.getenv("DB_URL"), System.getenv("DB_ADMIN"), Secret.of(System.getenv("DB_PASSWORD")))
                .requireCitus(Boolean.parseBoolean(System.getenv("DB_CITUS")));
        try (CitusCluster cluster = CitusCluster.connect(options)) {
            Project project = cluster.project("pools_alone").withUser("pools_alone_user").create();
            try (ProjectPools pools = ProjectPools.builder()
                    .budget(ConnectionBudget.of(5))
                    .project(project.connection("pools_alone_user"))
                    .open()) {
                try (Connection connection =
                                pools.dataSource("pools_alone", "pools_alone_user").getConnection();
                        ResultSet rows = connection.createStatement().executeQuery("SELECT current_user")) {
                    rows.next();
                    System.out.println(rows.getString(1));
                }
            }
            project.drop();
        }
        System.out.println("WORKS");
    }
}
