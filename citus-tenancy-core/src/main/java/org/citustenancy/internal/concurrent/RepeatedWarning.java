package org.citustenancy.internal.concurrent;

import org.slf4j.Logger;

/** Logs the warnings of a service that runs in rounds, each warning once until it changes. */
public final class RepeatedWarning {

    private final Logger log;
    private String last = "";

    /** Creates warnings of one service, none of which was logged. */
    public RepeatedWarning(Logger log) {
        this.log = log;
    }

    /** Logs a warning, unless the round before logged the same. */
    public synchronized void warn(String warning) {
        if (!warning.equals(last)) {
            log.warn(warning);
        }
        last = warning;
    }

    /** Notes a round without a warning. */
    public synchronized void nothingWrong() {
        last = "";
    }
}
