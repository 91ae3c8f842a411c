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
 * Runs every operation on a new project, from its creation to its drop, and injects a fault into each one. The operation runs
 * again, and then the cluster must be in the state that the operation has without a fault.
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
     * Starts a cluster.
     *
     * @param backups where the backups are written
     * @param random draws what the caller leaves open
     * @param table records the injected faults
     */
    FaultScenario(Path backups, Random random, FaultTable table) throws Exception {
        this.backups = Files.createTempDirectory(backups, "scenario");
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

    /** Chooses the injection into an operation that has this number of statements. */
    @FunctionalInterface
    interface FaultPlan {
        Optional<Injection> of(Operation operation, int statements);
    }

    /** Runs the scenario without faults and counts statements. Returns the number of the longest operation. */
    int count(boolean directly) throws Exception {
        run(directly, (operation, unknown) -> Optional.empty());
        return Collections.max(statements.values());
    }

    /** Runs the scenario once. */
    void run(boolean directly, FaultPlan plan) throws Exception {
        Subject.Ports ports = new Subject.Ports(cluster.guestPort(), cluster.failingPort(), cluster.successorPort());
        Subject subject = new Subject("scenario_" + ++number, backups, ports, 1);
        for (Operation operation : Operation.values()) {
            int count = statements.getOrDefault(operation, 0);
            Optional<Injection> injection = plan.of(operation, count);
            String what = injection
                            .map(at -> at.fault().word() + " at statement " + at.statement() + " of " + count + " of ")
                            .orElse("")
                    + operation.word() + (directly ? ", directly to the workers" : "") + " of " + subject.name();
            try {
                step(operation, directly, subject, injection, what);
            } catch (Exception | AssertionError failure) {
                table.lost(operation, what + ": " + failure);
                throw new AssertionError(what, failure);
            }
        }
        end(subject, directly);
    }

    private void step(
            Operation operation, boolean directly, Subject subject, Optional<Injection> injection, String what)
            throws Exception {
        if (operation == Operation.RELOCATE_WORKER) {
            cluster.failOver();
        }
        if (injection.isEmpty()) {
            StatementTrigger counting = StatementTrigger.none();
            cluster.arm(counting);
            perform(operation, directly, subject, LONG_ENOUGH);
            statements.put(operation, counting.seen());
            table.statements(operation, counting.seen());
            cluster.recover();
        } else {
            inject(
                    operation,
                    directly,
                    subject,
                    injection.get().fault(),
                    injection.get().statement(),
                    what);
            perform(operation, directly, subject.again(), LONG_ENOUGH);
        }
        if (operation == Operation.CREATE) {
            expectation.fill(subject);
        }
        try (CitusCluster library = cluster.connect(directly)) {
            expectation.assertMet(operation, library, subject);
        }
    }

    private void perform(Operation operation, boolean directly, Subject subject, Duration allowed) {
        try (CitusCluster library = CitusCluster.connect(cluster.options(directly, allowed))) {
            operation.run(library, subject, allowed);
        }
    }

    private void inject(Operation operation, boolean directly, Subject subject, Fault fault, int at, String what)
            throws Exception {
        boolean killed = fault == Fault.KILLED_BEFORE || fault == Fault.KILLED_AFTER;
        Optional<ChildJvm> victim = killed ? Optional.of(nextVictim) : Optional.empty();
        if (killed) {
            nextVictim = ChildOperator.start(cluster);
        }
        boolean atOnce = random.nextBoolean();
        StatementTrigger trigger;
        try (FaultInjector injector = new FaultInjector(cluster, fault, subject, random, victim, disk)) {
            trigger = injector.at(at);
            cluster.arm(trigger);
            String outcome = victim.isPresent()
                    ? order(victim.get(), operation, directly, subject)
                    : attempt(operation, directly, subject, fault.lastsUntilTheDeadline() ? SHORT : LONG_ENOUGH);
            LOG.info("{}: {}{}", what, trigger.hasFired() ? "" : "NOT REACHED ", outcome);
        }
        if (trigger.hasFired()) {
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

    /** The operation may throw exceptions of the library only. */
    private String attempt(Operation operation, boolean directly, Subject subject, Duration allowed) {
        try {
            perform(operation, directly, subject, allowed);
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
