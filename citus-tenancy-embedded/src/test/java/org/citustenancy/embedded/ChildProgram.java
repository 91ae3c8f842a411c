package org.citustenancy.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a JVM of its own does in tests. It speaks to the test through standard output, line by line. */
final class ChildProgram {

    private ChildProgram() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "hold" -> hold();
            case "interrupt" -> {
                for (String delay : Arrays.asList(arguments).subList(1, arguments.length)) {
                    interruptAfter(Long.parseLong(delay));
                }
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Starts a cluster, and never closes it. */
    private static void hold() throws Exception {
        say("starting");
        EmbeddedCluster cluster =
                EmbeddedCluster.builder().backend(Backend.LOCAL).workers(1).start();
        try (TestSession sql = TestSession.admin(cluster)) {
            say("ready " + sql.value("SELECT count(*) FROM pg_dist_node"));
        }
        if (System.in.read() < 0) {
            say("leaving");
        }
    }

    /** Starts a cluster, and is interrupted meanwhile. */
    private static void interruptAfter(long milliseconds) throws Exception {
        Thread starter = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(milliseconds);
                starter.interrupt();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        });
        interrupter.start();
        String outcome;
        try (EmbeddedCluster cluster =
                EmbeddedCluster.builder().backend(Backend.LOCAL).workers(1).start()) {
            outcome = "started " + cluster.hasCitus();
        } catch (EmbeddedClusterException failure) {
            outcome = failure.getMessage() + ", flag " + Thread.interrupted();
        }
        interrupter.join();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            say(outcome + ", left " + files.map(Path::getFileName).toList());
        }
        Thread.interrupted();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
