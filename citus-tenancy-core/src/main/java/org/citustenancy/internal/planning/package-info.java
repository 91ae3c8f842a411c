/**
 * Plans the steps from the observed state to the desired state. A class belongs here if it compares one kind of object
 * ({@code Reconciler}) or returns the steps of one operation, as the planners do. No class in this package runs a step.
 */
@NullMarked
package org.citustenancy.internal.planning;

import org.jspecify.annotations.NullMarked;
