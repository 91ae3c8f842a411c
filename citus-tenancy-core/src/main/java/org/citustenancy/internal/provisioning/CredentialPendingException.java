package org.citustenancy.internal.provisioning;

import java.util.Set;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;

/**
 * Signals that a password that was generated for another project is not available yet, but may be soon. The caller
 * releases all locks before it waits for that project, because another operation may hold that project's lock and wait
 * for these.
 */
final class CredentialPendingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> projects;

    CredentialPendingException(Set<String> projects) {
        super("waits for " + projects, null, false, false);
        this.projects = projects;
    }

    Set<String> projects() {
        return projects;
    }

    /** Waits until no operation changes the projects. */
    void await(Session maintenance) {
        projects.forEach(
                project -> AdvisoryLock.sharedOnProject(maintenance, project).close());
    }
}
