package org.citustenancy.hikari;

import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.internal.connections.Login;

/**
 * The target and the login of a pool.
 *
 * @param connection the target
 * @param login the user and its password
 */
record Registration(ConnectionInfo connection, Login login) {}
