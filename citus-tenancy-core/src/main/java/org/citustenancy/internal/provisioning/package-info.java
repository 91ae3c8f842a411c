/**
 * The one way through: request, desired state, observe, plan, run, observe again, result. It decides what happens when,
 * and leaves the how to the other rooms.
 */
@NullMarked
package org.citustenancy.internal.provisioning;

import org.jspecify.annotations.NullMarked;
