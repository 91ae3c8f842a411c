package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;

/** A program that has the core and nothing else. */
class Core {

    public static void main(String... arguments) throws Exception {
        boolean citus = Boolean.parseBoolean(System.getenv("DB_CITUS"));
        ClusterOptions options = ClusterOptions.of(
                        System.getenv("DB_URL"), System.getenv("DB_ADMIN"), Secret.of(System.getenv("DB_PASSWORD")))
                .requireCitus(citus);
        try (CitusCluster cluster = CitusCluster.connect(options)) {
            Project project = cluster.project("core_alone").withUser("core_alone_user").create();
            ConnectionInfo info = project.connection("core_alone_user");
            try (Connection connection =
                    DriverManager.getConnection(info.jdbcUrl(), info.user(), info.password().reveal())) {
                connection.createStatement().execute("CREATE TABLE items (id bigint PRIMARY KEY)");
            }
            if (citus) {
                project.tables().distribute("items", "id");
            }
            System.out.println(project.verify());
            project.drop();
        }
        System.out.println("WORKS");
    }
}
