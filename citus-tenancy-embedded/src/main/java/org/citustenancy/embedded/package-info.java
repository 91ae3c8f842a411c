/**
 * A Citus cluster for development and tests, started from Java.
 */
@NullMarked
package org.citustenancy.embedded;

import org.jspecify.annotations.NullMarked;
