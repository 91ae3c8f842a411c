/** Permits to hold a connection: who gets the next one, and who has to give one up. */
@NullMarked
package org.citustenancy.hikari.internal.budget;

import org.jspecify.annotations.NullMarked;
