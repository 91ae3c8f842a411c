package org.citustenancy.test.internal.pool;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The numbers of copies, and the times of the pool.
 *
 * @param ahead the number of copies that are ready to be taken
 * @param atMost the maximum number of copies, including copies that are taken or being dropped
 * @param makers the number of copies that are created at the same time
 * @param pause the pause between two copies that no test waits for
 * @param acquisitionTimeout how long a test waits for a copy
 */
public record Supply(int ahead, int atMost, int makers, Duration pause, Duration acquisitionTimeout) {

    /** Two copies ahead, two at a time, and a time-out of one minute. */
    public static final Supply STANDARD = new Supply(2, 32, 2, Duration.ZERO, Duration.ofMinutes(1));

    /** Checks the numbers. */
    public Supply {
        if (ahead < 0
                || atMost < 1
                || ahead > atMost
                || makers < 1
                || pause.isNegative()
                || acquisitionTimeout.isNegative()) {
            throw new InvalidRequestException(Failure.of("Of at most " + atMost + " test databases, " + ahead
                            + " cannot be made ahead, " + makers + " at a time, with a pause of " + pause
                            + " and an acquisition timeout of " + acquisitionTimeout)
                    .state("nothing was touched")
                    .fix("let at most be 1 or more, ahead 0 up to that, and give times of 0 or more"));
        }
    }
}
