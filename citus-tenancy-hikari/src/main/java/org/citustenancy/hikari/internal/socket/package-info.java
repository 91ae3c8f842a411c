/** The last moment of a connection to a server. */
@NullMarked
package org.citustenancy.hikari.internal.socket;

import org.jspecify.annotations.NullMarked;
