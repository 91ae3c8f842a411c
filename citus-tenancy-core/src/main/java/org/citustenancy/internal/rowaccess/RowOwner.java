package org.citustenancy.internal.rowaccess;

/**
 * The role in whose name the rows of tables are moved.
 *
 * @param name the role that owns the tables
 * @param superuser whether it is a superuser, whose tables only a superuser can move
 * @param bypassesPolicies whether the move must bypass policies that apply to the owner, too
 * @param notesPlacements whether the move writes the placements of shards on all nodes: for copies, Citus does so with
 *     the privileges of the session, by writing into {@code pg_dist_placement} of the project's database
 */
public record RowOwner(String name, boolean superuser, boolean bypassesPolicies, boolean notesPlacements) {

    /** Returns the same owner for copies. */
    RowOwner forCopies() {
        return new RowOwner(name, superuser, bypassesPolicies, true);
    }
}
