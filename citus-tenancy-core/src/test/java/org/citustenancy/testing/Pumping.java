package org.citustenancy.testing;

import java.io.IOException;

/** What passes on what comes through a socket, and ends with an exception when that is closed. */
@FunctionalInterface
public interface Pumping {

    /** Passes on until nothing comes any more. */
    void run() throws IOException;

    /** Does it on a thread of its own, which keeps no JVM alive. */
    static void background(String name, Pumping pumping) {
        Thread thread = new Thread(
                () -> {
                    try {
                        pumping.run();
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
