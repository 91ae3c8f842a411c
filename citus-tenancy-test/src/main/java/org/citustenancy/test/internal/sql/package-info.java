/** The statements of this module. */
@NullMarked
package org.citustenancy.test.internal.sql;

import org.jspecify.annotations.NullMarked;
