package org.citustenancy.examples.benchmark;

import java.util.function.Consumer;
import javax.sql.DataSource;

/** Provides databases to tests. */
@FunctionalInterface
interface DatabaseSource {

    /** Returns a database that no other test uses. */
    Given give() throws Exception;

    /**
     * A database.
     *
     * @param connections connections to it
     * @param end ends the test's use of it
     */
    record Given(DataSource connections, Consumer<DataSource> end) implements AutoCloseable {

        @Override
        public void close() {
            end.accept(connections);
        }
    }
}
