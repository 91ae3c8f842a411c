package org.citustenancy.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAccountTest {

    @TempDir
    private Path directory;

    @Test
    void every_account_passes_arguments_unchanged() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root has to become another user");
        List<String> words = List.of("/bin/sh", "-c", "id -u; printf '[%s]' \"$@\"", "sh", "it's", "a \"b\"  $c", "");
        List<String> working = new ArrayList<>();

        for (ServerAccount account : ServerAccount.accountsForRoot(directory)) {
            Command.Outcome outcome = new Command(account.command(words)).run();
            if (outcome.succeeded()) {
                working.add(account.toString());
                assertThat(outcome.output())
                        .as("%s", account)
                        .doesNotStartWith("0\n")
                        .endsWith("\n[it's][a \"b\"  $c][]");
            }
        }

        assertThat(working).isNotEmpty();
    }

    @Test
    void chosen_account_owns_the_directory_and_can_write_to_it() throws Exception {
        ServerAccount account = ServerAccount.choose(directory, Path.of("/bin/sh"));

        Command.Outcome outcome = new Command(
                        account.command(List.of("/bin/sh", "-c", "id -u; touch \"$0\"", directory + "/made")))
                .run();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).isNotEqualTo("0");
        assertThat(directory.resolve("made")).exists();
        assertThat(Files.getOwner(directory.resolve("made"))).isEqualTo(Files.getOwner(directory));
    }
}
