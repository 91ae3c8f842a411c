/**
 * Running other programs: as which user, with which environment, and how they end when this JVM does. Knows nothing of
 * PostgreSQL.
 */
@NullMarked
package org.citustenancy.embedded.internal.process;

import org.jspecify.annotations.NullMarked;
