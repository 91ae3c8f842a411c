package org.citustenancy.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.testing.Program;
import org.citustenancy.users.Secret;

/** What is in a {@code .env} file is the same to a shell and to the dotenv parser of Node.js, or it is not written. */
@Tag("once")
class DotEnvTest {

    private static final String IN_SHELL =
            "for file do . \"$file\"; printf '%s\\0%s\\0' \"$DB_NAME\" \"$DB_PASSWORD\"; done";

    private static final String IN_NODE = """
            const { parseEnv } = require('util');
            for (const file of process.argv.slice(1)) {
              const env = parseEnv(require('fs').readFileSync(file, 'utf8'));
              process.stdout.write(env.DB_NAME + '\\0' + env.DB_PASSWORD + '\\0');
            }
            """;

    @Provide
    Arbitrary<List<String>> names() {
        return HostileTexts.names().list().ofSize(100);
    }

    @Property(tries = 5)
    void shell_reads_the_written_values(@ForAll("names") List<String> names) throws Exception {
        assertReads(List.of("sh", "-euc", IN_SHELL, "sh"), names);
    }

    @Property(tries = 5)
    @AddLifecycleHook(NodeIsThere.class)
    void node_reads_the_written_values(@ForAll("names") List<String> names) throws Exception {
        assertReads(List.of("node", "-e", IN_NODE), names);
    }

    /** Without the program, the property is not tried. */
    static final class NodeIsThere implements SkipExecutionHook {

        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return Program.isThere("node") ? SkipResult.doNotSkip() : SkipResult.skip("Node.js is not installed");
        }
    }

    /** One process reads many files, since to start it takes longer than to read them. */
    private static void assertReads(List<String> reader, List<String> names) throws Exception {
        Path directory = Files.createTempDirectory("dotenv");
        List<String> files = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        try {
            for (String name : names) {
                Optional<String> text = dotEnv(name);
                if (text.isPresent()) {
                    Path file = directory.resolve(files.size() + ".env");
                    files.add(Files.writeString(file, text.get()).toString());
                    expected.append(name).append('\0').append(password(name)).append('\0');
                }
            }
            assertThat(read(reader, files)).isEqualTo(expected.toString());
        } finally {
            for (String file : files) {
                Files.delete(Path.of(file));
            }
            Files.delete(directory);
        }
    }

    private static String read(List<String> reader, List<String> files) throws Exception {
        List<String> command = new ArrayList<>(reader);
        command.addAll(files);
        return Program.run("", command.toArray(String[]::new));
    }

    private static String password(String name) {
        try {
            return Secret.of(name).reveal();
        } catch (InvalidRequestException refused) {
            return "plain";
        }
    }

    private static Optional<String> dotEnv(String name) {
        ConnectionInfo connection = new ConnectionInfo(
                "h", 1, name, "u", Optional.of(Secret.of(password(name))), "jdbc:postgresql://h:1/x", Map.of());
        try {
            return Optional.of(connection.dotEnv());
        } catch (InvalidRequestException refused) {
            return Optional.empty();
        }
    }
}
