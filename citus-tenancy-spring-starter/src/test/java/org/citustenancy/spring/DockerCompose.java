package org.citustenancy.spring;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.EmbeddedCluster;

/** The engine on which a test depends; where it is not, the test is skipped. */
final class DockerCompose {

    private DockerCompose() {}

    static void assume() throws InterruptedException {
        assumeTrue(succeeds("docker", "compose", "version"), "Docker Compose is not available");
    }

    static void assumeImage() throws InterruptedException {
        assumeTrue(succeeds("docker", "info"), "no Docker engine is available");
        assumeTrue(
                succeeds("docker", "image", "inspect", EmbeddedCluster.DEFAULT_IMAGE)
                        || succeeds("docker", "pull", "--quiet", EmbeddedCluster.DEFAULT_IMAGE),
                "the image is not available");
    }

    /** Whether a program is there, and says that all is well. */
    static boolean succeeds(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
