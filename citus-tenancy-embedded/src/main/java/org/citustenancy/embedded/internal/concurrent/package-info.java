/** Doing the same to several nodes at once. */
@NullMarked
package org.citustenancy.embedded.internal.concurrent;

import org.jspecify.annotations.NullMarked;
