/** Connections from environment variables: the guide's five variables, in the process or in a {@code .env} file. */
@NullMarked
package org.citustenancy.hikari.environment;

import org.jspecify.annotations.NullMarked;
