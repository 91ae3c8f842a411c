/**
 * jOOQ on the connections of projects, for an application that has jOOQ. Nothing else of this module needs it.
 */
@NullMarked
package org.citustenancy.hikari.jooq;

import org.jspecify.annotations.NullMarked;
