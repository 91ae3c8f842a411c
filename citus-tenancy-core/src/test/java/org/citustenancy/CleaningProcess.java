package org.citustenancy;

import org.citustenancy.users.Secret;

/** A process that cleans a project and is killed meanwhile. */
final class CleaningProcess {

    private CleaningProcess() {}

    /**
     * Cleans a project.
     *
     * @param arguments the coordinator's JDBC URL, the admin, the admin's password, and the project
     */
    public static void main(String[] arguments) {
        try (CitusCluster cluster =
                CitusCluster.connect(ClusterOptions.of(arguments[0], arguments[1], Secret.of(arguments[2])))) {
            cluster.getProject(arguments[3]).clean();
        }
    }
}
