/**
 * Recovers distributed transactions in place of the daemons of Citus. A class belongs here if it is a part of a round
 * of recovery.
 */
@NullMarked
package org.citustenancy.internal.recovery;

import org.jspecify.annotations.NullMarked;
