/** Running other programs: their user, their environment, and their end with this JVM. Independent of PostgreSQL. */
@NullMarked
package org.citustenancy.embedded.internal.process;

import org.jspecify.annotations.NullMarked;
