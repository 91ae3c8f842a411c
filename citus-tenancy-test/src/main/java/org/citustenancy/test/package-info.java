/**
 * Isolated project databases for tests: each is a copy, on every node, of a template that is prepared once. Independent
 * of any test framework.
 */
@NullMarked
package org.citustenancy.test;

import org.jspecify.annotations.NullMarked;
