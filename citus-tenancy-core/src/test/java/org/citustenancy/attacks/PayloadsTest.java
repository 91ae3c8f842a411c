package org.citustenancy.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.identifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every operation of the library over a project of which every object that can hold code is an attack. What an owner has
 * written never runs in a session with more rights than the owner's, and the owner is no superuser afterwards.
 *
 * <p>What ran as which role is the table in docs/attacks.md; {@code -Dcitustenancy.attacks.new=true} writes it.
 */
@Tag("asks-for-passwords")
@Order(2)
@RequiresCluster(ofItsOwn = true)
class PayloadsTest {

    private static final Logger LOG = LoggerFactory.getLogger(PayloadsTest.class);
    private static final Path DOCUMENT = Path.of("../docs/attacks.md");
    private static final String BEGIN = "<!-- begin what ran as which role -->\n";
    private static final String END = "<!-- end what ran as which role -->\n";

    @TempDir
    private Path home;

    private final TestCluster nodes;
    private final PayloadLog log;
    private final Map<String, Map<RunAs, Set<String>>> table = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();

    PayloadsTest(TestCluster nodes) {
        this.nodes = nodes;
        this.log = new PayloadLog(nodes);
    }

    @Test
    void code_of_an_owner_runs_with_the_privileges_of_an_owner_at_most() throws Exception {
        HostileProject hostile = HostileProject.named(nodes, "hostile");
        try (CitusCluster cluster = nodes.connect()) {
            hostile.create(cluster);
            hostile.fill();
            try (Connection owner = hostile.open(hostile.attacker());
                    Connection reader = hostile.open(hostile.reader())) {
                HostileObjects.exercise(owner, reader);
            }
            assertThat(log.next()).extracting(PayloadRun::payload).containsAll(HostileObjects.KINDS);

            for (AttackedOperation operation : new Attacks(nodes, cluster, hostile, home).operations()) {
                attack(operation, hostile.attacker());
            }
        }
        document();
        assertThat(wrong).as("what went wrong").isEmpty();
    }

    /** Which operation may not be missing here: any that the library has. */
    @Test
    void attacks_cover_every_public_operation() {
        Set<String> known = new TreeSet<>(Attacks.ASK_NOTHING);
        known.addAll(Attacks.SHORTER_FORMS);
        try (CitusCluster cluster = nodes.connect()) {
            new Attacks(nodes, cluster, HostileProject.named(nodes, "none"), home)
                    .operations()
                    .forEach(operation -> known.addAll(operation.methods()));
        }

        assertThat(known).containsExactlyInAnyOrderElementsOf(PublicMethods.all());
    }

    private void attack(AttackedOperation operation, String attacker) throws SQLException {
        long begin = System.nanoTime();
        try {
            operation.action().run();
        } catch (Exception | AssertionError failure) {
            wrong.add("\"" + operation.words() + "\" failed: " + failure);
            LOG.warn("{} failed, after these errors: {}", operation.words(), errors());
        }
        LOG.info("{}: {} ms", operation.words(), (System.nanoTime() - begin) / 1_000_000);
        Map<RunAs, Set<String>> ran = new EnumMap<>(RunAs.class);
        for (PayloadRun run : log.next()) {
            RunAs as = run.as(attacker);
            if (ran.computeIfAbsent(as, none -> new TreeSet<>()).add(run.payload()) && !as.isAllowed()) {
                wrong.add("\"" + operation.words() + "\" ran " + run);
            }
        }
        table.put(operation.words(), ran);
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            if (!nodes.ask(node, "postgres", bind("select from pg_roles where rolsuper and rolname = ?", attacker))
                    .isEmpty()) {
                wrong.add("\"" + operation.words() + "\" made the owner a superuser on " + node);
                // Or everything that comes would run as a superuser, whatever the library does.
                try (Connection admin = nodes.open(node, "postgres")) {
                    TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
                    TestCluster.ask(admin, "alter role " + identifier(attacker) + " nosuperuser");
                }
            }
        }
    }

    /** The last that servers complained of. */
    private List<String> errors() {
        return nodes.embedded().nodes().stream()
                .flatMap(node -> {
                    List<String> errors = node.log()
                            .lines()
                            .filter(line -> line.contains(" ERROR: "))
                            .toList();
                    return errors.subList(Math.max(0, errors.size() - 3), errors.size()).stream()
                            .map(line -> node + ": " + line);
                })
                .toList();
    }

    private void document() throws IOException {
        String lines = lines();
        LOG.info("What ran as which role:\n{}", lines);
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("citustenancy.attacks.new")) {
            Files.writeString(DOCUMENT, text.substring(0, begin) + lines + text.substring(end));
        } else {
            assertThat(wrong).as("what went wrong").isEmpty();
            assertThat(text.substring(begin, end))
                    .as("what docs/attacks.md says; -Dcitustenancy.attacks.new=true writes it")
                    .isEqualTo(lines);
        }
    }

    /** Operations in which the same ran as the same are one line. */
    private String lines() {
        Map<Map<RunAs, Set<String>>, List<String>> same = new LinkedHashMap<>();
        table.forEach((operation, ran) ->
                same.computeIfAbsent(ran, none -> new ArrayList<>()).add(operation));
        StringBuilder lines = new StringBuilder("| operation | payloads that ran, by role |\n| --- | --- |\n");
        same.forEach((ran, operations) -> {
            List<String> cells = new ArrayList<>();
            ran.forEach((as, payloads) -> cells.add("as " + as.words() + ": " + String.join(", ", payloads)));
            lines.append("| ")
                    .append(String.join("; ", operations))
                    .append(" | ")
                    .append(cells.isEmpty() ? "none" : String.join("; ", cells))
                    .append(" |\n");
        });
        return lines.toString();
    }
}
