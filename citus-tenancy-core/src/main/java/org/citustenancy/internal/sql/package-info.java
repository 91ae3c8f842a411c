/**
 * Builds all SQL of this module with jOOQ, with one class of statements for each subject. A class belongs here if it
 * builds statements or queries. No class in this package runs a statement, and no class outside it builds one.
 */
@NullMarked
package org.citustenancy.internal.sql;

import org.jspecify.annotations.NullMarked;
