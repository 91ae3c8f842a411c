/** jOOQ on the databases of tests, for test suites that use jOOQ. Nothing else in this module depends on it. */
@NullMarked
package org.citustenancy.test.jooq;

import org.jspecify.annotations.NullMarked;
