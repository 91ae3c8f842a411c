package org.citustenancy.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.citustenancy.CitusCluster;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.testing.ChildJvm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projects that live from their creation to their drop, and to which something happens in each operation. The operation is
 * done again, and then everything must be as if nothing had happened.
 */
final class FaultScenario implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FaultScenario.class);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final int DISK_MEGABYTES = 400;

    private final FaultyCluster cluster;
    private final Optional<SmallDisk> disk;
    private final Path backups;
    private final Random random;
    private final FaultTable table;
    private final Expectation expectation;
    private final Map<Operation, Integer> statements = new EnumMap<>(Operation.class);
    private ChildJvm nextVictim;
    private int number;

    /**
     * Starts a cluster for them.
     *
     * @param backups where their backups go
     * @param random decides what is left open
     * @param table records what happened
     */
    FaultScenario(Path backups, Random random, FaultTable table) throws Exception {
        this.backups = Files.createTempDirectory(backups, "lives");
        this.random = random;
        this.table = table;
        this.cluster = FaultyCluster.start();
        this.disk = SmallDisk.under(cluster.nodes(), cluster.members().get(1), DISK_MEGABYTES);
        this.expectation = new Expectation(cluster);
        this.nextVictim = ChildOperator.start(cluster);
    }

    /** Whether disks can be full here. */
    boolean hasSmallDisk() {
        return disk.isPresent();
    }

    /** One fault at one statement. */
    record Injection(Fault fault, int statement) {}

    /** Decides what happens in an operation that has so many statements. */
    @FunctionalInterface
    interface FaultPlan {
        Optional<Injection> of(Operation operation, int statements);
    }

    /** A life without faults, in which the statements are counted. Returns how many the longest operation has. */
    int count(boolean directly) throws Exception {
        live(directly, (operation, unknown) -> Optional.empty());
        return Collections.max(statements.values());
    }

    /** One life. */
    void live(boolean directly, FaultPlan fate) throws Exception {
        Subject subject = new Subject("life_" + ++number, backups, cluster.guestPort(), 1);
        for (Operation operation : Operation.values()) {
            int count = statements.getOrDefault(operation, 0);
            Optional<Injection> blow = fate.of(operation, count);
            String what = blow.map(at ->
                                    at.fault().word() + " at statement " + at.statement() + " of " + count + " of ")
                            .orElse("")
                    + operation.word() + (directly ? ", directly to the workers" : "") + " of " + subject.name();
            try {
                live(operation, directly, subject, blow, what);
            } catch (Exception | AssertionError failure) {
                table.lost(operation, what + ": " + failure);
                throw new AssertionError(what, failure);
            }
        }
        end(subject, directly);
    }

    private void live(Operation operation, boolean directly, Subject subject, Optional<Injection> blow, String what)
            throws Exception {
        if (blow.isEmpty()) {
            StatementTrigger counting = StatementTrigger.none();
            cluster.lay(counting);
            run(operation, directly, subject, LONG_ENOUGH);
            statements.put(operation, counting.seen());
            table.statements(operation, counting.seen());
            cluster.heal();
        } else {
            suffer(operation, directly, subject, blow.get().fault(), blow.get().statement(), what);
            run(operation, directly, subject.again(), LONG_ENOUGH);
        }
        if (operation == Operation.CREATE) {
            expectation.fill(subject);
        }
        try (CitusCluster library = cluster.connect(directly)) {
            expectation.assertMet(operation, library, subject);
        }
    }

    private void run(Operation operation, boolean directly, Subject subject, Duration allowed) {
        try (CitusCluster library = CitusCluster.connect(cluster.options(directly, allowed))) {
            operation.run(library, subject, allowed);
        }
    }

    private void suffer(Operation operation, boolean directly, Subject subject, Fault fault, int at, String what)
            throws Exception {
        boolean killed = fault == Fault.KILLED_BEFORE || fault == Fault.KILLED_AFTER;
        Optional<ChildJvm> victim = killed ? Optional.of(nextVictim) : Optional.empty();
        if (killed) {
            nextVictim = ChildOperator.start(cluster);
        }
        boolean atOnce = random.nextBoolean();
        StatementTrigger ambush;
        try (FaultInjector strike = new FaultInjector(cluster, fault, subject, random, victim, disk)) {
            ambush = strike.at(at);
            cluster.lay(ambush);
            String came = victim.isPresent()
                    ? order(victim.get(), operation, directly, subject)
                    : attempt(operation, directly, subject, fault.lastsUntilTheDeadline() ? SHORT : LONG_ENOUGH);
            LOG.info("{}: {}{}", what, ambush.hasSprung() ? "" : "NOT REACHED ", came);
        }
        if (ambush.hasSprung()) {
            table.made(operation, fault);
        }
        if (!atOnce) {
            Inventory inventory = new Inventory(cluster);
            inventory.awaitStillness();
            try (CitusCluster library = cluster.connect(directly)) {
                inventory.assertNoFalseReadiness(library);
            }
        }
    }

    private static String order(ChildJvm victim, Operation operation, boolean directly, Subject subject)
            throws Exception {
        try (victim) {
            ChildOperator.order(victim, operation, directly, subject);
            String said = victim.hear();
            return said.equals("null") ? "killed" : said;
        }
    }

    /** Nothing but an exception of ours may come of it. */
    private String attempt(Operation operation, boolean directly, Subject subject, Duration allowed) {
        try {
            run(operation, directly, subject, allowed);
            return "done";
        } catch (CitusTenancyException failure) {
            return failure.toString();
        }
    }

    private void end(Subject subject, boolean directly) {
        try (CitusCluster library = cluster.connect(directly)) {
            library.getProject(subject.copy()).drop();
            library.getProject(subject.restored()).drop();
        }
    }

    @Override
    public void close() throws Exception {
        nextVictim.close();
        cluster.members().get(1).stop();
        if (disk.isPresent()) {
            disk.get().close();
        }
        cluster.close();
    }
}
