package org.citustenancy.internal.observing;

/**
 * An object that a user of a project created in its database.
 *
 * @param kind its type, in PostgreSQL's terms: {@code table}, {@code text search configuration}
 * @param identity its name, qualified and quoted by the server
 * @param role the role that may drop it
 * @param reference whether it is a reference table
 */
public record OwnedObject(String kind, String identity, String role, boolean reference) {

    /** Returns the kind and the name. */
    @Override
    public String toString() {
        return kind + " " + identity;
    }
}
