/**
 * A Citus cluster for development and tests, started from Java. {@link org.citustenancy.embedded.EmbeddedCluster} is the
 * entry; only what its users see lives here.
 */
@NullMarked
package org.citustenancy.embedded;

import org.jspecify.annotations.NullMarked;
