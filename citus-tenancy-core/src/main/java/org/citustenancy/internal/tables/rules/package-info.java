/**
 * Compares the tables of a project with the rules for their distribution, and plans the steps that lead there. The classes
 * that read everything that decides whether tables can be distributed, find the rule for each table, find what Citus would
 * refuse, and order the steps belong here. They change nothing.
 */
@NullMarked
package org.citustenancy.internal.tables.rules;

import org.jspecify.annotations.NullMarked;
