/** Runs plans: stage by stage, the coordinator and the workers at the same time. */
@NullMarked
package org.citustenancy.internal.running;

import org.jspecify.annotations.NullMarked;
