package org.citustenancy.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    @Test
    void progress_overwrites_its_line() {
        StringBuilder terminal = new StringBuilder();
        ProgressLine line = ProgressLine.to(terminal);

        line.progressed(backup("rows", 1, new Volume(1000, 3 << 20), Duration.ofSeconds(30)));
        line.progressed(backup(Progress.DONE, 4, new Volume(4000, 12 << 20), Duration.ofSeconds(125)));

        assertThat(terminal)
                .hasToString(
                        "\rapp [#####...............]  25 % rows, 1 of 4 tables, 1000 rows, 3.0 MiB, 0:30, 1:30 to go"
                                + "\rapp [####################] 100 % done, 4 of 4 tables, 4000 rows, 12.0 MiB, 2:05           \n");
    }

    private static Progress backup(String phase, int tables, Volume volume, Duration elapsed) {
        return new Progress(
                Activity.BACKUP,
                "app",
                phase,
                new Count(tables, 4, "tables"),
                volume,
                tables / 4.0,
                Instant.EPOCH,
                elapsed);
    }
}
