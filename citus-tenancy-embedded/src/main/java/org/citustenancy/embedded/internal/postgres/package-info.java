/**
 * PostgreSQL servers of this machine: where an installation is found, how a data directory is made and configured, and how
 * a server is started and ended.
 */
@NullMarked
package org.citustenancy.embedded.internal.postgres;

import org.jspecify.annotations.NullMarked;
