/**
 * Checks names of databases, roles, tables and similar objects. A class belongs here if it decides which names are
 * valid or reserved.
 */
@NullMarked
package org.citustenancy.internal.names;

import org.jspecify.annotations.NullMarked;
