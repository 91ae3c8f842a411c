package org.citustenancy.internal.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.citustenancy.errors.OperationInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupDirectoryTest {

    @Test
    void interrupt_during_a_write_is_reported_as_an_interrupt(@TempDir Path home) throws Exception {
        BackupDirectory directory = BackupDirectory.prepare(home.resolve("backup"));
        Path rows = Files.writeString(home.resolve("backup").resolve("rows.copy"), "1\n");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> directory.stored(rows)).isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
