/**
 * Isolated project databases for tests: each a copy, on every node, of one that was prepared once. Free of any test
 * framework.
 */
@NullMarked
package org.citustenancy.test;

import org.jspecify.annotations.NullMarked;
