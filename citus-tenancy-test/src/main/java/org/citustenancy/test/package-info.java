/**
 * Isolated, distributed project databases for test suites.
 */
@NullMarked
package org.citustenancy.test;

import org.jspecify.annotations.NullMarked;
