/**
 * Measures what the library costs, beside what would be used instead, in one run: a class per row of the table that it
 * prints. {@link org.citustenancy.examples.benchmark.Benchmarks} is where to begin.
 */
@NullMarked
package org.citustenancy.examples.benchmark;

import org.jspecify.annotations.NullMarked;
