package org.citustenancy.examples.benchmark;

import java.util.List;

/** A measurement. Most have one figure, which is one line of the table. */
@FunctionalInterface
interface Row {

    /**
     * Measures the library and its alternative side by side.
     *
     * @return the lines of the table, such as {@link Figure#notMeasured} if a requirement is missing
     */
    List<Figure> measure() throws Exception;
}
