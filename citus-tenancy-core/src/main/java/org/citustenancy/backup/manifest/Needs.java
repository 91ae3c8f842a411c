package org.citustenancy.backup.manifest;

import java.util.List;

/**
 * What a cluster must have for a backup to be restored there.
 *
 * @param extensions extensions that the project has
 * @param roles roles that own something in the project or were granted something, and are none of its users
 */
public record Needs(List<String> extensions, List<String> roles) {

    /** Copies the lists. */
    public Needs {
        extensions = List.copyOf(extensions);
        roles = List.copyOf(roles);
    }
}
