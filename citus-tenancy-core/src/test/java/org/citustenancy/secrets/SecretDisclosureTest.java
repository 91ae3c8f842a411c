package org.citustenancy.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With everything logged by every node, by the library and by the JDBC driver, no password and no verifier of a project's
 * user is in any log, exception, {@code toString}, plan, process list, file, or in {@code pg_stat_statements}.
 */
@Tag("once")
class SecretDisclosureTest {

    @TempDir
    private Path directory;

    @Test
    void operations_disclose_no_password() throws Exception {
        CitusAssumption.requireCitus();
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("shared_preload_libraries", "citus,pg_stat_statements,auto_explain")
                .setting("pg_stat_statements.track", "all")
                .setting("auto_explain.log_min_duration", "0")
                .setting("auto_explain.log_nested_statements", "on")
                .setting("auto_explain.log_parameter_max_length", "-1")
                .setting("log_statement", "all")
                .setting("log_duration", "on")
                .setting("log_min_duration_statement", "0")
                .setting("log_parameter_max_length", "-1")
                .setting("log_parameter_max_length_on_error", "-1")
                .setting("log_min_error_statement", "error"))) {
            TestCluster nodes = new TestCluster(embedded);
            List<String> secrets = new ArrayList<>(
                    List.of(Secretive.FIRST, Secretive.SECOND, Secretive.WRONG, embedded.adminPassword()));
            nodes.ask("postgres", "create extension pg_stat_statements");
            Map<String, String> texts = new TreeMap<>();
            try (Onlooker onlooker = Onlooker.start(nodes)) {
                texts.put("standard output", run(nodes, secrets));
                texts.put("process lists and sessions", onlooker.seen());
            }
            files(texts);
            for (EmbeddedNode node : embedded.nodes()) {
                texts.put("log of " + node, node.log());
                texts.put("pg_stat_statements of " + node, statements(nodes, node));
            }

            assertEverythingWasLogged(texts, embedded);
            assertChangesWereLogged(texts.get("library.log"));
            texts.forEach((where, text) -> assertThat(secrets).allSatisfy(secret -> assertThat(text.contains(secret))
                    .as("whether %s has the secret %s: %s", where, secret, around(text, secret))
                    .isFalse()));
        }
    }

    private static String around(String text, String secret) {
        int at = text.indexOf(secret);
        return at < 0 ? "" : text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 100));
    }

    /** Otherwise the test would see nothing because nothing is logged. */
    private static void assertEverythingWasLogged(Map<String, String> texts, EmbeddedCluster embedded) {
        String log = texts.get("log of " + embedded.coordinator());
        assertThat(log).contains("create database \"secretive\"").contains("Query Text: ");
        assertThat(texts.get("driver.log")).contains("create database \"secretive\"");
        assertThat(texts.get("library.log")).contains("TRACE");
        assertThat(texts.get("process lists and sessions")).contains("pg_dump").contains("secretive");
        assertThat(texts.get("pg_stat_statements of " + embedded.coordinator())).contains("create database");
        assertThat(texts.get("standard output")).doesNotContain("NOT REFUSED");
    }

    /** What the library changes is in its log, one line for each operation and one for each step, in plain words. */
    private static void assertChangesWereLogged(String log) {
        assertThat(log.lines().filter(line -> line.contains(" INFO org.citustenancy.")))
                .anyMatch(line -> line.matches(".* - Changed \"secretive\": \\d+ steps of \\d+ done in \\d+ ms"))
                .anyMatch(line -> line.endsWith("t is now distributed by \"id\""))
                .anyMatch(line -> line.matches(".* - Backed up \"secretive\" into .* in \\d+ ms"))
                .anyMatch(line -> line.matches(".* - Restored \"restored\" from .* in \\d+ ms"))
                .noneMatch(line -> line.contains("Outcome[") || line.matches(".*\\bPT[0-9.]+[HMS].*"));
        assertThat(log.lines().filter(line -> line.contains(" DEBUG org.citustenancy.")))
                .anyMatch(line -> line.matches(".*\"secretive\": +\\d+\\. coordinator .*: done"))
                .noneMatch(line -> line.contains("Outcome["));
        assertThat(log).doesNotContain("https://www.jooq.org", "Thank you for using jOOQ");
    }

    private String run(TestCluster nodes, List<String> secrets) throws Exception {
        Path properties = Files.writeString(
                directory.resolve("logging.properties"), """
                handlers = java.util.logging.FileHandler
                .level = ALL
                java.util.logging.FileHandler.level = ALL
                java.util.logging.FileHandler.pattern = %s
                java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
                """.formatted(directory.resolve("driver.log")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.config.file=" + properties,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-Dorg.slf4j.simpleLogger.log.org.citustenancy=trace",
                        "-Dorg.slf4j.simpleLogger.logFile=" + directory.resolve("library.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Secretive.class.getName(),
                        nodes.embedded().jdbcUrl("postgres"),
                        nodes.embedded().adminUser(),
                        directory.toString())
                .redirectError(directory.resolve("standard-error").toFile())
                .start();
        try (Writer input = process.outputWriter(StandardCharsets.UTF_8);
                BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            input.write(nodes.embedded().adminPassword() + "\n");
            input.flush();
            StringBuilder output = new StringBuilder();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(Secretive.CHECKPOINT)) {
                    secrets.addAll(verifiers(nodes));
                    input.write("\n");
                    input.flush();
                } else if (line.startsWith(Secretive.GENERATED)) {
                    secrets.add(line.substring(Secretive.GENERATED.length()));
                } else {
                    output.append(line).append('\n');
                }
            }
            assertThat(output.toString())
                    .as(() -> read(directory.resolve("standard-error")))
                    .endsWith("ended\n");
            return output.toString();
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> verifiers(TestCluster nodes) throws SQLException {
        return nodes.ask(
                nodes.embedded().coordinator(),
                "postgres",
                "select rolpassword from pg_authid where rolname like '%\\_user' or rolname like '%\\_reader'");
    }

    private static String statements(TestCluster nodes, EmbeddedNode node) throws SQLException {
        return String.join("\n", nodes.ask(node, "postgres", "select query from pg_stat_statements"));
    }

    /** What the child has written, which only its owner may read as far as it is the library's. */
    private void files(Map<String, String> texts) throws IOException {
        try (Stream<Path> written = Files.walk(directory)) {
            for (Path path : written.toList()) {
                if (path.startsWith(directory.resolve("backup")) && !path.endsWith("backup")) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as(path.toString())
                            .endsWith("------");
                }
                if (Files.isRegularFile(path)) {
                    texts.put(directory.relativize(path).toString(), read(path));
                }
            }
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
