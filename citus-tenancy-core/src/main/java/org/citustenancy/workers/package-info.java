/**
 * Workers that join and leave: what is asked for, what is told on the way, and what became of it.
 */
@NullMarked
package org.citustenancy.workers;

import org.jspecify.annotations.NullMarked;
