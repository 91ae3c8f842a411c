package org.citustenancy.progress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows progress at a terminal, on one line that it overwrites.
 *
 * <pre>{@code
 * app.backup(directory, options -> options.onProgress(ProgressLine.to(System.err)));
 * }</pre>
 */
public final class ProgressLine implements ProgressListener {

    private static final int WIDTH = 20;
    private static final double MEBIBYTE = 1 << 20;

    private final Appendable terminal;
    private int shown;

    private ProgressLine(Appendable terminal) {
        this.terminal = terminal;
    }

    /**
     * Creates a line at a terminal.
     *
     * @param terminal the output
     * @return the line
     */
    public static ProgressLine to(Appendable terminal) {
        return new ProgressLine(terminal);
    }

    @Override
    public void progressed(Progress progress) {
        String line = text(progress);
        try {
            terminal.append('\r').append(line).append(" ".repeat(Math.max(0, shown - line.length())));
            if (progress.isDone()) {
                terminal.append('\n');
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        shown = line.length();
    }

    private static String text(Progress progress) {
        int filled = (int) Math.round(progress.fraction() * WIDTH);
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %3.0f %% %s, %s%s, %s%s",
                progress.subject(),
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                progress.fraction() * 100,
                progress.phase(),
                progress.count(),
                volume(progress.volume()),
                clock(progress.elapsed()),
                progress.isDone()
                        ? ""
                        : progress.remaining()
                                .map(time -> ", " + clock(time) + " to go")
                                .orElse(""));
    }

    private static String volume(Volume volume) {
        return volume.equals(Volume.NONE)
                ? ""
                : String.format(Locale.ROOT, ", %d rows, %.1f MiB", volume.rows(), volume.bytes() / MEBIBYTE);
    }

    private static String clock(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
