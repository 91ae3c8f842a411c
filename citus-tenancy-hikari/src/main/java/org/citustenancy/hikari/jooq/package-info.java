/** jOOQ on the connections of projects, for applications that use jOOQ. Nothing else in this module depends on it. */
@NullMarked
package org.citustenancy.hikari.jooq;

import org.jspecify.annotations.NullMarked;
