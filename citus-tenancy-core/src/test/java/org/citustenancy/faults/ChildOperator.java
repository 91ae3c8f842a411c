package org.citustenancy.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.users.Secret;

/** A process of its own that does one operation, and is killed meanwhile. */
final class ChildOperator {

    private static final Duration ALLOWED = Duration.ofMinutes(1);

    private ChildOperator() {}

    /** Starts one, which waits for its order. The password does not go through its command line. */
    static ChildJvm start(FaultyCluster cluster) throws IOException {
        ChildJvm child = ChildJvm.start(
                ChildOperator.class,
                cluster.jdbcUrl(),
                cluster.nodes().embedded().adminUser());
        child.tell(cluster.nodes().embedded().adminPassword());
        return child;
    }

    /** Orders an operation. */
    static void order(ChildJvm child, Operation operation, boolean directly, Subject subject) throws IOException {
        child.tell(operation + " " + directly + " " + subject.words());
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Secret password = Secret.of(orders.readLine());
        String order = orders.readLine();
        if (order == null) {
            return;
        }
        String[] words = order.split(" ", 3);
        ClusterOptions options = ClusterOptions.of(arguments[0], arguments[1], password)
                .directWorkerConnections(Boolean.parseBoolean(words[1]));
        try (CitusCluster cluster = CitusCluster.connect(options)) {
            Operation.valueOf(words[0]).run(cluster, Subject.of(words[2]), ALLOWED);
            System.out.println("done");
        } catch (RuntimeException failure) {
            System.out.println("failed " + String.valueOf(failure.getMessage()).replace('\n', ' '));
        }
    }
}
