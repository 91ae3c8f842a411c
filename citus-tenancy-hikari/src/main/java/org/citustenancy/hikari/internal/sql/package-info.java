/** The statements of this module. */
@NullMarked
package org.citustenancy.hikari.internal.sql;

import org.jspecify.annotations.NullMarked;
