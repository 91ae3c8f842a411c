/** What every node says of itself: the observed state. */
@NullMarked
package org.citustenancy.internal.observing;

import org.jspecify.annotations.NullMarked;
