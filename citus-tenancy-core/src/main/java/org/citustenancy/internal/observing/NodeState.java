package org.citustenancy.internal.observing;

import java.util.Map;
import java.util.Optional;

/**
 * What a node says of a project.
 *
 * @param database the project's database, absent if the node has none
 * @param roles those of the project's users that the node has
 * @param contents the inside of the database, absent if there is none or it could not be looked into
 * @param privileges the privileges inside the database, absent where the contents are
 * @param original the database that a new one is copied from here, absent if there is none
 */
public record NodeState(
        Optional<ObservedDatabase> database,
        Map<String, ObservedRole> roles,
        Optional<ObservedContents> contents,
        Optional<ObservedPrivileges> privileges,
        Optional<SourceDatabase> original) {

    /**
     * Whether the database has an extension here.
     *
     * @return true if it was created
     */
    public boolean has(String extension) {
        return contents.map(inside -> inside.has(extension)).orElse(false);
    }
}
