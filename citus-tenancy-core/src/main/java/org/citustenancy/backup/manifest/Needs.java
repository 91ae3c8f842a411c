package org.citustenancy.backup.manifest;

import java.util.List;

/**
 * The requirements of a backup on the cluster that restores it.
 *
 * @param extensions the extensions of the project
 * @param roles roles that own objects in the project or have privileges in it, and are not users of the project
 */
public record Needs(List<String> extensions, List<String> roles) {

    /** Copies the lists. */
    public Needs {
        extensions = List.copyOf(extensions);
        roles = List.copyOf(roles);
    }
}
