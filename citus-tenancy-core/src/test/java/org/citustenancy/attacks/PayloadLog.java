package org.citustenancy.attacks;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;

/**
 * What payloads have written to the logs of the servers. A log keeps what a transaction that is rolled back would take with
 * it, and takes what a read-only one could not write.
 */
final class PayloadLog {

    /** What begins a line of a payload; the payload itself puts it together, so that its own source is not mistaken for it. */
    static final String MARK = "payload-ran ";

    private static final String LINE = "LOG:  " + MARK;

    private final TestCluster nodes;
    private final Map<EmbeddedNode, Integer> read = new HashMap<>();

    PayloadLog(TestCluster nodes) {
        this.nodes = nodes;
    }

    /** What ran since this was asked for last, on every node. */
    List<PayloadRun> next() {
        List<PayloadRun> runs = new ArrayList<>();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            String log = node.log();
            int from = read.getOrDefault(node, 0);
            int end = log.lastIndexOf('\n') + 1;
            log.substring(from, Math.max(from, end))
                    .lines()
                    .filter(line -> line.contains(LINE))
                    .forEach(line -> runs.add(run(node, line.substring(line.indexOf(LINE) + LINE.length()))));
            read.put(node, Math.max(from, end));
        }
        return runs;
    }

    private static PayloadRun run(EmbeddedNode node, String json) {
        try {
            Map<String, Object> record = JSON.std.mapFrom(json);
            return new PayloadRun(
                    String.valueOf(record.get("payload")),
                    node.toString(),
                    String.valueOf(record.get("current")),
                    String.valueOf(record.get("session")),
                    Boolean.TRUE.equals(record.get("super")),
                    String.valueOf(record.get("database")),
                    String.valueOf(record.get("application")),
                    String.valueOf(record.get("statement")).replaceAll("\\s+", " "));
        } catch (IOException failure) {
            throw new UncheckedIOException(json, failure);
        }
    }
}
