package org.citustenancy.internal.verifying;

import java.util.List;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;

/** Finds users whose distributed queries do not reach the workers, although no step is pending for them. */
public final class InterNodeAuthFindings {

    private InterNodeAuthFindings() {}

    /**
     * Evaluates the attempts of the observation.
     *
     * @param observed the observed state, including the users that were refused
     * @return a finding per user and worker
     */
    public static List<Finding> in(ObservedProject observed) {
        return observed.blocked().entrySet().stream()
                .flatMap(user -> user.getValue().stream().map(refused -> finding(user.getKey(), refused)))
                .toList();
    }

    private static Finding finding(String user, NodeAnswer refused) {
        return new Finding(
                Severity.SEVERE,
                refused.node().toString(),
                "distributed queries of \"" + user + "\" do not get through: " + refused.text(),
                "give the user's password in a request, or change it with rotatePassword; if it is the right one, see which "
                        + "rule of pg_hba.conf keeps the user out, and whether all of max_connections are in use");
    }
}
