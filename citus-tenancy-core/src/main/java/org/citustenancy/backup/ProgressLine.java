package org.citustenancy.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows progress to people at a terminal, as one line that is written over itself.
 *
 * <pre>{@code
 * app.backup(directory, options -> options.listener(ProgressLine.to(System.err)));
 * }</pre>
 */
public final class ProgressLine implements BackupListener {

    private static final int WIDTH = 20;
    private static final double MEBIBYTE = 1 << 20;

    private final Appendable terminal;
    private int shown;

    private ProgressLine(Appendable terminal) {
        this.terminal = terminal;
    }

    /**
     * A line at a terminal.
     *
     * @param terminal where to write
     * @return the line
     */
    public static ProgressLine to(Appendable terminal) {
        return new ProgressLine(terminal);
    }

    @Override
    public void advanced(BackupProgress progress) {
        String line = text(progress);
        try {
            terminal.append('\r').append(line).append(" ".repeat(Math.max(0, shown - line.length())));
            if (progress.phase() == BackupPhase.DONE) {
                terminal.append('\n');
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        shown = line.length();
    }

    private static String text(BackupProgress progress) {
        int filled = (int) Math.round(progress.fraction() * WIDTH);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %% %s, %d/%d tables, %d rows, %.1f MiB, %s%s",
                progress.project(),
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                progress.fraction() * 100,
                progress.phase().word(),
                progress.tablesDone(),
                progress.tables(),
                progress.rows(),
                progress.bytes() / MEBIBYTE,
                clock(progress.elapsed()),
                progress.phase() == BackupPhase.ROWS
                        ? progress.remaining()
                                .map(time -> ", " + clock(time) + " to go")
                                .orElse("")
                        : "");
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
