package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log file of a server since its first start. */
record ServerLog(Path file) {

    private static final int TAIL_LINES = 30;

    /** Returns its length in bytes. */
    long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    String read() throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    }

    /** Returns the text that was written since the file had the given size. */
    String since(long size) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int from = (int) Math.min(size, all.length);
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** Returns the last lines of a log. */
    static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
