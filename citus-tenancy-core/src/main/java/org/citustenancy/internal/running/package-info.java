/**
 * Sessions, deadlines, locks, and the running of plans: whatever talks to a server.
 */
@NullMarked
package org.citustenancy.internal.running;

import org.jspecify.annotations.NullMarked;
