/**
 * The guide's complete example: three projects on one cluster, with their tables and rows, shown on a terminal.
 *
 * <p>This package contains only the example. It changes the cluster through the library's API and, as the projects' own
 * users, through JDBC.
 */
@NullMarked
package org.citustenancy.examples.demo;

import org.jspecify.annotations.NullMarked;
