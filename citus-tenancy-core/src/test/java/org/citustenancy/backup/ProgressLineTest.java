package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void a_line_is_written_over_itself() {
        StringBuilder terminal = new StringBuilder();
        ProgressLine line = ProgressLine.to(terminal);

        line.advanced(new BackupProgress("app", BackupPhase.ROWS, 1, 4, 1000, 3 << 20, 0.25, Duration.ofSeconds(30)));
        line.advanced(new BackupProgress("app", BackupPhase.DONE, 4, 4, 4000, 12 << 20, 1, Duration.ofSeconds(125)));

        assertThat(terminal)
                .hasToString(
                        "\rapp [#####...............]  25 % rows, 1/4 tables, 1000 rows, 3.0 MiB, 0:30, 1:30 to go"
                                + "\rapp [####################] 100 % done, 4/4 tables, 4000 rows, 12.0 MiB, 2:05           \n");
    }
}
