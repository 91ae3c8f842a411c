package org.citustenancy.documentation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;

/** The code of README.md, which {@link GuideTest} runs. */
final class ReadmeExample {

    private ReadmeExample() {}

    static Map<String, Integer> run(String coordinatorUrl, String adminPassword, String shopPassword)
            throws SQLException {
        // begin readme
        try (CitusCluster cluster = CitusCluster.connect(coordinatorUrl, "postgres", Secret.of(adminPassword))) {
            Project shop = cluster.project("shop")
                    .withUser("shop_user", Secret.of(shopPassword))
                    .create();
            ConnectionInfo info = shop.connection("shop_user");
            try (Connection connection = DriverManager.getConnection(info.jdbcUrl(), info.user(), shopPassword)) {
                connection
                        .createStatement()
                        .execute("CREATE TABLE IF NOT EXISTS users (id bigserial PRIMARY KEY, email text)");
            }
            shop.tables().distribute("users", "id");
            return shop.tables().shardsPerNode(); // {citus-worker-1:5432=16, citus-worker-2:5432=16}
        }
        // end readme
    }
}
