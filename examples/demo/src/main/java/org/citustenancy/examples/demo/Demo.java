package org.citustenancy.examples.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import org.citustenancy.embedded.EmbeddedClusterException;
import org.citustenancy.errors.CitusTenancyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The main class: reads the environment, runs the example, and explains a failure in one paragraph. */
public final class Demo {

    private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
    private static final int FAILED = 1;

    private Demo() {}

    /**
     * Runs the demo. The exit status is 0 after success and 1 after a failure.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        System.exit(run(System.getenv(), System.out, System.err));
    }

    static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            new Walkthrough(DemoSettings.from(environment), new Console(out)).run();
            return 0;
        } catch (DemoFailure
                | CitusTenancyException
                | EmbeddedClusterException
                | SQLException
                | IOException
                | IllegalArgumentException failure) {
            LOG.debug("The demo failed", failure);
            out.flush();
            new Console(err).wrapped("The demo failed. " + oneParagraph(failure), "", "");
            return FAILED;
        }
    }

    private static String oneParagraph(Exception failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
