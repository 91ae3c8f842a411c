/** The capacity of a cluster: the limits of its nodes, their current use, and the settings to raise for more. */
@NullMarked
package org.citustenancy.capacity;

import org.jspecify.annotations.NullMarked;
