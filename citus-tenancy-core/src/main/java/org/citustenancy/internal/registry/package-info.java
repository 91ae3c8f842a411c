/** The tables in the maintenance database that hold what cannot be observed. */
@NullMarked
package org.citustenancy.internal.registry;

import org.jspecify.annotations.NullMarked;
