package org.citustenancy.internal.verifying;

import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;

/** Finds changes of passwords that began and did not finish, so that nodes may have different passwords. */
public final class PasswordFindings {

    private PasswordFindings() {}

    /**
     * Reads the registry.
     *
     * @return a finding per user
     */
    public static List<Finding> of(Session maintenance, Collection<String> users) {
        return new PasswordHistory(maintenance)
                .unfinished(users).stream()
                        .map(change -> new Finding(
                                Severity.SEVERE,
                                "registry",
                                "a change of the password of \"" + change.user()
                                        + "\" did not end: nodes may have different passwords",
                                "call rotatePassword with the new password, which carries on, or repair(), which restores the "
                                        + "password before"))
                        .toList();
    }
}
