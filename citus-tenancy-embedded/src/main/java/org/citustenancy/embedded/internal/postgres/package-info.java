/**
 * PostgreSQL servers of this machine: finding an installation, creating and configuring a data directory, and starting
 * and stopping a server.
 */
@NullMarked
package org.citustenancy.embedded.internal.postgres;

import org.jspecify.annotations.NullMarked;
