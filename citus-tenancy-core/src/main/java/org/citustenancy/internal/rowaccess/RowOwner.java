package org.citustenancy.internal.rowaccess;

/**
 * In whose name the rows of tables are moved.
 *
 * @param name the role that owns the tables
 * @param superuser whether it is a superuser, whose tables only a superuser can move
 * @param bypassesPolicies whether policies that hold for the owner too must not hold for the move
 * @param notesPlacements whether the move notes on all nodes where shards are: Citus does so for copies with the rights of the
 *     session, by writing into {@code pg_dist_placement} of the project's database
 */
public record RowOwner(String name, boolean superuser, boolean bypassesPolicies, boolean notesPlacements) {

    /** The same for copies. */
    RowOwner forCopies() {
        return new RowOwner(name, superuser, bypassesPolicies, true);
    }
}
