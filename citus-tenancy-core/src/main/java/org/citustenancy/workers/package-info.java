/** Requests, plans and results of adding, draining, relocating and removing workers. */
@NullMarked
package org.citustenancy.workers;

import org.jspecify.annotations.NullMarked;
