package org.citustenancy.internal.rowaccess;

/**
 * In whose name the rows of tables are moved.
 *
 * @param name the role that owns the tables
 * @param superuser whether it is a superuser, whose tables only a superuser can move
 * @param bypassesPolicies whether policies that hold for the owner too must not hold for the move
 */
public record RowOwner(String name, boolean superuser, boolean bypassesPolicies) {}
