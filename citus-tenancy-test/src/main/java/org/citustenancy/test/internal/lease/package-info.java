/** What shows other processes that this one lives, and finds out what dead ones have left. */
@NullMarked
package org.citustenancy.test.internal.lease;

import org.jspecify.annotations.NullMarked;
