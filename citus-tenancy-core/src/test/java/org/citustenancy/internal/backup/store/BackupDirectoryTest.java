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
    void an_interrupt_while_a_file_is_written_is_no_fault_of_the_disk(@TempDir Path home) throws Exception {
        BackupDirectory directory = BackupDirectory.prepare(home.resolve("backup"));
        Path rows = Files.writeString(home.resolve("backup").resolve("rows.copy"), "1\n");

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> directory.stored(rows)).isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
