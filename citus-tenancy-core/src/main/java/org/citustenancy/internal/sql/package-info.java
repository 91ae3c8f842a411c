/**
 * All SQL of this module, built with jOOQ: typed catalogs, and one class of statements per subject.
 *
 * <p>Nothing here runs anything; nothing outside builds SQL.
 */
@NullMarked
package org.citustenancy.internal.sql;

import org.jspecify.annotations.NullMarked;
