/** Permits to hold a connection: the order in which they are granted and revoked. */
@NullMarked
package org.citustenancy.hikari.internal.budget;

import org.jspecify.annotations.NullMarked;
