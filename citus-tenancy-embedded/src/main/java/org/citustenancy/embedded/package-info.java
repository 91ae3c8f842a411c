/**
 * A Citus cluster for development and tests, started from Java. Start with {@link
 * org.citustenancy.embedded.EmbeddedCluster}. This package contains the public types only.
 */
@NullMarked
package org.citustenancy.embedded;

import org.jspecify.annotations.NullMarked;
