/**
 * Opens sessions that move rows without a superuser's privileges. A move of rows evaluates code of their owner: checks,
 * domains, generated columns, partition keys, casts, index expressions. The classes in this package find the owner of
 * tables, create a temporary role that is a member of that owner alone, open sessions as that role, and drop it on
 * every node.
 */
@NullMarked
package org.citustenancy.internal.rowaccess;

import org.jspecify.annotations.NullMarked;
