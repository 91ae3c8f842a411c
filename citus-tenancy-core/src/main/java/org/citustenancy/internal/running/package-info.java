/**
 * Runs plans stage by stage, on the coordinator and the workers at the same time. A class belongs here if it runs
 * steps, collects their outcomes or notifies listeners of them.
 */
@NullMarked
package org.citustenancy.internal.running;

import org.jspecify.annotations.NullMarked;
