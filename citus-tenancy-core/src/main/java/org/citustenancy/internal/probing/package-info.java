/**
 * Queries servers that may hang. A class belongs here if it waits for each server with a deadline of its own.
 */
@NullMarked
package org.citustenancy.internal.probing;

import org.jspecify.annotations.NullMarked;
