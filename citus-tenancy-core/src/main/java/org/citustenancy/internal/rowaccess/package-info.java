/**
 * Sessions that move rows without being a superuser's. Whatever moves rows evaluates what their owner has written: checks,
 * domains, generated columns, partition keys, casts, index expressions. Here belongs what finds the owner of tables, makes a
 * temporary role that is a member of that owner alone, opens sessions as that role, and removes it on every node.
 */
@NullMarked
package org.citustenancy.internal.rowaccess;

import org.jspecify.annotations.NullMarked;
