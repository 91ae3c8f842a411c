/** The statements of this module. */
@NullMarked
package org.citustenancy.spring.internal.sql;

import org.jspecify.annotations.NullMarked;
