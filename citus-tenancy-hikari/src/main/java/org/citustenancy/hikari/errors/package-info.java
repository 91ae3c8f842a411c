/**
 * Failures of requests for a connection.
 */
@NullMarked
package org.citustenancy.hikari.errors;

import org.jspecify.annotations.NullMarked;
