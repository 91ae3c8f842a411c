/**
 * Distributes tables after migrations with Flyway. The only package that needs Flyway, from version 9, on the class path.
 */
@NullMarked
package org.citustenancy.flyway;

import org.jspecify.annotations.NullMarked;
