/**
 * Reads and writes the registry: the tables in the maintenance database with the state of projects that cannot be
 * observed. A class belongs here if it works with these tables.
 */
@NullMarked
package org.citustenancy.internal.registry;

import org.jspecify.annotations.NullMarked;
