/** The way from the observed state to the desired one, as steps. One class per concern; none of them runs anything. */
@NullMarked
package org.citustenancy.internal.planning;

import org.jspecify.annotations.NullMarked;
