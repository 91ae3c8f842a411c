package org.citustenancy.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;

/** A small disk in memory, which holds the data directory of one node, or backups, and can be filled up. */
final class SmallDisk implements AutoCloseable {

    /** Unmounts when this JVM ends, in whatever way, for then it reads the end of its input. */
    private static final String GUARD = "cat > /dev/null; umount -l \"$0\"";

    private final Path directory;
    private final Process guard;

    private SmallDisk(Path directory, Process guard) {
        this.directory = directory;
        this.guard = guard;
    }

    /** Mounts one on an empty directory. Absent where this process may not. */
    static Optional<SmallDisk> on(Path directory, int megabytes) throws IOException, InterruptedException {
        if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString())) {
            return Optional.empty();
        }
        return Optional.of(
                new SmallDisk(directory, new ProcessBuilder("sh", "-c", GUARD, directory.toString()).start()));
    }

    /** Moves a node's data there. Absent where this process may not. */
    static Optional<SmallDisk> under(TestCluster nodes, EmbeddedNode node, int megabytes) throws Exception {
        Path data = Path.of(nodes.ask(node, "postgres", "show data_directory").get(0));
        Path aside = data.resolveSibling(data.getFileName() + "-aside");
        node.stop();
        Files.move(data, aside);
        Files.createDirectory(data);
        Optional<SmallDisk> disk = on(data, megabytes);
        if (!run("cp", "-a", aside + "/.", data.toString())) {
            throw new IOException("The data directory " + aside + " cannot be copied");
        }
        node.start();
        return disk;
    }

    /** Leaves no room. */
    void fill() throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (true) {
                ballast.write(chunk);
            }
        } catch (IOException full) {
            if (Files.size(ballast()) == 0) {
                throw full;
            }
        }
    }

    /** Makes room again. */
    void empty() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private Path ballast() {
        return directory.resolve("ballast");
    }

    private static boolean run(String... words) throws IOException, InterruptedException {
        return new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** The processes that use it must have ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        guard.getOutputStream().close();
        guard.waitFor();
    }
}
