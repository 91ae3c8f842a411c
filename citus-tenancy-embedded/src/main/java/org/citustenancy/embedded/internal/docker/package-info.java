/**
 * Servers in containers of the Citus image, through Testcontainers: whether an engine and the image are to be had, and
 * the containers themselves.
 */
@NullMarked
package org.citustenancy.embedded.internal.docker;

import org.jspecify.annotations.NullMarked;
