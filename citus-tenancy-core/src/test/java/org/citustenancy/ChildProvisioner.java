package org.citustenancy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;

/**
 * What a process of its own does in tests: it provisions projects on command, and waits to be killed.
 */
final class ChildProvisioner {

    /** In place of a password: one is to be generated. */
    static final String GENERATE = "-";

    private final CitusCluster cluster;

    private ChildProvisioner(CitusCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts a child, which is connected when this returns. The password does not go through its command line. */
    static ChildJvm start(TestCluster nodes) throws Exception {
        ChildJvm child = ChildJvm.start(
                ChildProvisioner.class,
                nodes.embedded().jdbcUrl("postgres"),
                nodes.embedded().adminUser());
        child.tell(nodes.embedded().adminPassword());
        return child;
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (CitusCluster cluster = CitusCluster.connect(arguments[0], arguments[1], Secret.of(orders.readLine()))) {
            say("connected");
            ChildProvisioner child = new ChildProvisioner(cluster);
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", -1);
                Thread worker = new Thread(() -> child.obey(words));
                worker.setDaemon(true);
                worker.start();
            }
        }
    }

    private void obey(String[] words) {
        try {
            say(words[0].equals("create") ? create(words[1], words[2], words[3]) : drop(words[1]));
        } catch (RuntimeException failure) {
            say("failed " + String.valueOf(failure.getMessage()).replace('\n', ' '));
        }
    }

    private String create(String name, String user, String password) {
        ProjectRequest request = cluster.project(name);
        request = password.equals(GENERATE) ? request.withUser(user) : request.withUser(user, Secret.of(password));
        Project project = request.create();
        return project.result().orElseThrow().changed() ? "changed" : "unchanged";
    }

    private String drop(String name) {
        return cluster.getProject(name).drop().changed() ? "changed" : "unchanged";
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
