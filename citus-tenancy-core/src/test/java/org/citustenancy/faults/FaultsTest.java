package org.citustenancy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Injects faults into operations: the next attempt completes the operation, nothing is left on any node, and no incomplete
 * project is ready. Statements and faults are drawn at random, and the seed is printed.
 *
 * <p>{@code -Dcitustenancy.test.faults.seconds=…} says how long (60, and at least one scenario), {@code -Dcitustenancy.test.faults.seed=…} what is
 * drawn, {@code -Dcitustenancy.test.faults.only=KILLED_AFTER} that no other fault is injected,
 * {@code -Dcitustenancy.test.faults.into=RELOCATE_WORKER} that none is injected into another operation, and
 * {@code -Dcitustenancy.test.faults=all} that each fault is injected at each statement, however long that takes. What several
 * runs have made adds up in the file {@code -Dcitustenancy.test.faults.sum=…}.
 */
@Tag("long")
@Tag("asks-for-passwords")
@Order(1)
class FaultsTest {

    private static final Logger LOG = LoggerFactory.getLogger(FaultsTest.class);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("citustenancy.test.faults.seconds", 60));
    private static final Duration SHORT_RUN = Duration.ofSeconds(60);
    private static final boolean ALL = "all".equals(System.getProperty("citustenancy.test.faults"));
    private static final List<Fault> FAULTS = Optional.ofNullable(System.getProperty("citustenancy.test.faults.only"))
            .map(words -> Arrays.stream(words.split(",")).map(Fault::valueOf).toList())
            .orElse(List.of(Fault.values()));

    private static final List<Operation> OPERATIONS = Optional.ofNullable(
                    System.getProperty("citustenancy.test.faults.into"))
            .map(words ->
                    Arrays.stream(words.split(",")).map(Operation::valueOf).toList())
            .orElse(List.of(Operation.values()));

    private static final Optional<Path> SUM = Optional.ofNullable(System.getProperty("citustenancy.test.faults.sum"))
            .map(Path::of);

    @TempDir
    private Path backups;

    @Test
    void next_attempt_completes_each_operation_after_any_fault() throws Exception {
        long seed = Long.getLong("citustenancy.test.faults.seed", new Random().nextLong());
        LOG.info("The seed is {}", seed);
        FaultTable table = new FaultTable();
        if (SUM.isPresent()) {
            table.add(SUM.get());
        }
        try {
            if (ALL) {
                exhaust(seed, table);
            } else {
                sample(new Random(seed), table);
            }
        } finally {
            LOG.info("Faults, seed {}\n{}", seed, table);
            if (SUM.isPresent()) {
                table.save(SUM.get());
            }
        }
        assertThat(table.losses()).as("losses, seed %s", seed).isEmpty();
    }

    /** A scenario that fails ends its cluster. */
    private void sample(Random random, FaultTable table) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        do {
            try (FaultScenario scenario = new FaultScenario(backups, random, table)) {
                // The way through the coordinator takes twice the time, which longer runs have.
                boolean directly = TIME.toSeconds() <= SHORT_RUN.toSeconds() || random.nextBoolean();
                scenario.count(directly);
                do {
                    scenario.run(directly, randomPlan(random, scenario));
                } while (System.nanoTime() < end);
            } catch (AssertionError lost) {
                LOG.error("Lost", lost);
            }
        } while (System.nanoTime() < end);
    }

    private static List<Fault> possibleFaults(FaultScenario scenario) {
        return FAULTS.stream()
                .filter(fault -> fault != Fault.DISK_FULL || scenario.hasSmallDisk())
                .toList();
    }

    private static FaultScenario.FaultPlan randomPlan(Random random, FaultScenario scenario) {
        List<Fault> faults = possibleFaults(scenario);
        return (operation, statements) -> Optional.of(operation)
                .filter(OPERATIONS::contains)
                .map(chosen -> new FaultScenario.Injection(
                        faults.get(random.nextInt(faults.size())), 1 + random.nextInt(statements)));
    }

    /** Each scenario injects one statement later than the one before, until the end of the longest operation. */
    private void exhaust(long seed, FaultTable table) throws Exception {
        for (boolean directly : new boolean[] {false, true}) {
            for (Fault fault : FAULTS) {
                int next = 1;
                boolean more = true;
                while (more) {
                    try (FaultScenario scenario = new FaultScenario(backups, new Random(seed), table)) {
                        if (fault == Fault.DISK_FULL && !scenario.hasSmallDisk()) {
                            break;
                        }
                        int most = scenario.count(directly);
                        while (next <= most) {
                            int at = next++;
                            scenario.run(directly, planAt(fault, at));
                        }
                        more = false;
                    } catch (AssertionError lost) {
                        LOG.error("Lost", lost);
                    }
                }
            }
        }
    }

    private static FaultScenario.FaultPlan planAt(Fault fault, int statement) {
        return (operation, statements) ->
                statement <= statements ? Optional.of(new FaultScenario.Injection(fault, statement)) : Optional.empty();
    }
}
