/**
 * Servers in containers of the Citus image, through Testcontainers: checks whether an engine and the image are
 * available, and runs the containers.
 */
@NullMarked
package org.citustenancy.embedded.internal.docker;

import org.jspecify.annotations.NullMarked;
