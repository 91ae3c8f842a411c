package org.citustenancy.internal.observing;

import java.util.Map;
import java.util.Optional;

/**
 * The state of a project on a node.
 *
 * @param database the project's database, absent if the node has none
 * @param roles the project's users that exist on the node
 * @param contents the inside of the database, absent if there is none or it could not be observed
 * @param privileges the privileges inside the database, absent if the contents are
 * @param original the database that a new one is copied from on this node, absent if there is none
 */
public record NodeState(
        Optional<ObservedDatabase> database,
        Map<String, ObservedRole> roles,
        Optional<ObservedContents> contents,
        Optional<ObservedPrivileges> privileges,
        Optional<SourceDatabase> original) {

    /**
     * Checks whether the database has an extension on this node.
     *
     * @return true if it was created
     */
    public boolean has(String extension) {
        return contents.map(inside -> inside.has(extension)).orElse(false);
    }
}
