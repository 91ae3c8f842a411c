/** The budget of connections of a process, and its use. */
@NullMarked
package org.citustenancy.hikari.budget;

import org.jspecify.annotations.NullMarked;
