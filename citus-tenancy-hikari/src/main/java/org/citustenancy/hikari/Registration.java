package org.citustenancy.hikari;

import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.internal.connections.Login;

/**
 * What is needed to make a pool.
 *
 * @param connection where to
 * @param login as whom
 */
record Registration(ConnectionInfo connection, Login login) {}
