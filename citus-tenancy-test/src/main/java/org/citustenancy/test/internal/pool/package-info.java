/** The pool of copies of the template: made ahead, handed out, and dropped in the background. */
@NullMarked
package org.citustenancy.test.internal.pool;

import org.jspecify.annotations.NullMarked;
