package org.citustenancy.internal.provisioning;

import java.util.Set;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;

/**
 * A password that was generated for another project is not known yet, but may be soon. The caller gives back
 * all locks before waiting for that project, for others may hold it and wait for these.
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

    /** Waits until no operation changes them. */
    void await(Session maintenance) {
        projects.forEach(
                project -> AdvisoryLock.sharedOnProject(maintenance, project).close());
    }
}
