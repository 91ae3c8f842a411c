package org.citustenancy.internal.observing;

/**
 * What a user of a project made in its database.
 *
 * @param kind what it is, in PostgreSQL's words: {@code table}, {@code text search configuration}
 * @param identity how it is called, qualified and quoted by the server
 * @param role the role that may drop it
 * @param reference whether it is a reference table
 */
public record OwnedObject(String kind, String identity, String role, boolean reference) {

    /** The kind and the name. */
    @Override
    public String toString() {
        return kind + " " + identity;
    }
}
