package org.citustenancy.rows;

import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.users.Secret;

/** A process that distributes a table and is killed meanwhile. */
final class SlowMove {

    private SlowMove() {}

    /**
     * Distributes the table {@code slow}.
     *
     * @param arguments the coordinator's JDBC URL, the admin, the admin's password, and the project
     */
    public static void main(String[] arguments) {
        try (CitusCluster cluster =
                CitusCluster.connect(ClusterOptions.of(arguments[0], arguments[1], Secret.of(arguments[2])))) {
            cluster.getProject(arguments[3]).tables().distribute("slow", "id");
        }
    }
}
