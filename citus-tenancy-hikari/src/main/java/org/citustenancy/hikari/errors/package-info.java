/**
 * What goes wrong when a connection is wanted.
 */
@NullMarked
package org.citustenancy.hikari.errors;

import org.jspecify.annotations.NullMarked;
