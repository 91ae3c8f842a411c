package org.citustenancy.test.internal.pool;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * How many copies there are.
 *
 * @param ahead how many wait to be handed out
 * @param atMost how many there are at a time, handed out and about to be dropped included
 * @param makers how many are made at the same time
 * @param pause how long a maker waits between two for which no test waits
 * @param acquisitionTimeout how long a test waits for one
 */
public record Supply(int ahead, int atMost, int makers, Duration pause, Duration acquisitionTimeout) {

    /** Two ahead, two at a time, a minute to wait. */
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
