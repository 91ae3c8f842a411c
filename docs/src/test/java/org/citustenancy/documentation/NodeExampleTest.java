package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** examples/node connects by what the library wrote, with a password that needs quoting. */
@RequiresCluster
class NodeExampleTest {

    private static final Path EXAMPLE = Documents.ROOT.resolve("examples").resolve("node");
    private static final String ODD_PASSWORD = "a $HOME `b` \"c\" #d \\e =f %20";

    private final TestCluster nodes;

    NodeExampleTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void pool_of_the_example_reads_the_files_of_the_library(@TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(
                Files.isDirectory(EXAMPLE.resolve("node_modules").resolve("pg")),
                "examples/node has no packages: npm --prefix examples/node ci");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project("node_example")
                    .withUser("node_user", Secret.of(ODD_PASSWORD))
                    .create();
            ConnectionInfo connection = project.connection("node_user");
            Path variables = Files.writeString(directory.resolve(".env"), connection.dotEnv());
            Path json = Files.writeString(directory.resolve("pool.json"), connection.nodePostgres());

            String twice = "node_user at node_example: visits has 32 shards on 2 nodes\n";
            assertThat(Documents.blocks(EXAMPLE.resolve("README.md")))
                    .extracting(FencedBlock::text)
                    .contains(twice.replace("node_user", "app_user").replace("node_example", "app_production"));
            assertThat(output("node", "--env-file=" + variables, "index.js")).isEqualTo(twice);
            project.suspend();
            assertThat(output("node", "--env-file=" + variables, "index.js"))
                    .as("of the project that it resumes")
                    .isEqualTo(twice);
            assertThat(output("node", "pool-from-json.js", json.toString())).isEqualTo("connected to node_example\n");
            assertThat(output("sh", "-c", ". \"$1\" && printf %s \"$DB_PASSWORD\"", "sh", variables.toString()))
                    .isEqualTo(ODD_PASSWORD);
            project.drop();
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(EXAMPLE.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
