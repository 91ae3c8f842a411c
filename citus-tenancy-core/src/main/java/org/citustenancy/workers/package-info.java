/**
 * Workers that join and leave: requests, progress and results.
 */
@NullMarked
package org.citustenancy.workers;

import org.jspecify.annotations.NullMarked;
