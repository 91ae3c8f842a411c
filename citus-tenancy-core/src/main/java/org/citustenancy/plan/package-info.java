/**
 * What a change will do and what it did: plans, their steps, and the results of running them.
 */
@NullMarked
package org.citustenancy.plan;

import org.jspecify.annotations.NullMarked;
