/**
 * How bare servers become one cluster: which they are, how long they are waited for, and who is told. What a cluster
 * does once it is one belongs elsewhere.
 */
@NullMarked
package org.citustenancy.formation;

import org.jspecify.annotations.NullMarked;
