/** Making one Citus cluster out of running servers, in SQL. */
@NullMarked
package org.citustenancy.embedded.internal.citus;

import org.jspecify.annotations.NullMarked;
