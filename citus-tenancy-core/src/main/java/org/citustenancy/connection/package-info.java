/** Connections of applications to projects, in the format of each kind of client. */
@NullMarked
package org.citustenancy.connection;

import org.jspecify.annotations.NullMarked;
