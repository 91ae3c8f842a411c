/** The statements that this module itself sends. */
@NullMarked
package org.citustenancy.test.internal.sql;

import org.jspecify.annotations.NullMarked;
