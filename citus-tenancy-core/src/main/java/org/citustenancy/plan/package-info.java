/** The planned and completed steps of a change: plans, their steps, and the results of running them. */
@NullMarked
package org.citustenancy.plan;

import org.jspecify.annotations.NullMarked;
