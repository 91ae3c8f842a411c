package org.citustenancy.examples.benchmark;

import java.util.function.Consumer;
import javax.sql.DataSource;

/** Gives databases to tests. */
@FunctionalInterface
interface DatabaseSource {

    /** One that no other test has. */
    Given give() throws Exception;

    /**
     * A database.
     *
     * @param connections how to get in
     * @param end what the test does with it at its end
     */
    record Given(DataSource connections, Consumer<DataSource> end) implements AutoCloseable {

        @Override
        public void close() {
            end.accept(connections);
        }
    }
}
