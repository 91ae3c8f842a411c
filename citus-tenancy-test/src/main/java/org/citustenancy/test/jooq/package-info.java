/**
 * jOOQ on the databases of tests, for a test suite that has jOOQ. Nothing else of this module needs it.
 */
@NullMarked
package org.citustenancy.test.jooq;

import org.jspecify.annotations.NullMarked;
