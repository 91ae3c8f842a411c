/**
 * How bare servers become one cluster: which they are, how long to wait for them, and who is notified. What a cluster
 * does once it is one belongs elsewhere.
 */
@NullMarked
package org.citustenancy.formation;

import org.jspecify.annotations.NullMarked;
