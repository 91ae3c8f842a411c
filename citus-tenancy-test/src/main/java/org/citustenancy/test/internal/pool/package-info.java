/** The pool of copies of the template: created ahead, taken by tests, and dropped in the background. */
@NullMarked
package org.citustenancy.test.internal.pool;

import org.jspecify.annotations.NullMarked;
