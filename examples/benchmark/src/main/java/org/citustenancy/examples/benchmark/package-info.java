/**
 * Measures the cost of the library and of its alternatives in one run, with a class per row of the printed table. Start
 * with {@link org.citustenancy.examples.benchmark.Benchmarks}.
 */
@NullMarked
package org.citustenancy.examples.benchmark;

import org.jspecify.annotations.NullMarked;
