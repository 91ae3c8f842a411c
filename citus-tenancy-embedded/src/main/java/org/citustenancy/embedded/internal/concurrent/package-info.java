/** Parallel tasks on several nodes. */
@NullMarked
package org.citustenancy.embedded.internal.concurrent;

import org.jspecify.annotations.NullMarked;
