/**
 * Options and reports of the services that keep a cluster correct while servers fail over. A class belongs here if it
 * is a value of these services.
 */
@NullMarked
package org.citustenancy.failover;

import org.jspecify.annotations.NullMarked;
