/**
 * The guide's complete example: three projects on one cluster, with their tables and rows, shown on a terminal.
 *
 * <p>Who belongs here is what the example consists of. What it does to the cluster it does by the library's API and, as
 * the projects' own users, by JDBC.
 */
@NullMarked
package org.citustenancy.examples.demo;

import org.jspecify.annotations.NullMarked;
