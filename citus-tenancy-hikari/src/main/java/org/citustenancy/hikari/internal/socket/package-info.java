/** Sockets that wait for the server to close a connection. */
@NullMarked
package org.citustenancy.hikari.internal.socket;

import org.jspecify.annotations.NullMarked;
