/** Distributes tables and schemas: observes how they lie, does what is missing, and observes again. */
@NullMarked
package org.citustenancy.internal.tables;

import org.jspecify.annotations.NullMarked;
