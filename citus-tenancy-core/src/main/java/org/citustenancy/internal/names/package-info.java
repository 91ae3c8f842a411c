/** Which names can be used for databases, roles, tables and the like. */
@NullMarked
package org.citustenancy.internal.names;

import org.jspecify.annotations.NullMarked;
