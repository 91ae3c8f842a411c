package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.users.Secret;

/**
 * A project that has its desired state.
 *
 * @param desired the request over the earlier desired state
 * @param result what was done
 * @param generated the passwords that were generated, by user; they are kept nowhere else
 */
public record Provisioned(DesiredProject desired, ProvisioningResult result, Map<String, Secret> generated) {

    /** The same, with what was done before. */
    Provisioned after(List<StepOutcome> earlier) {
        List<StepOutcome> all =
                Stream.concat(earlier.stream(), result.outcomes().stream()).toList();
        return new Provisioned(
                desired, new ProvisioningResult(result.project(), all, result.waiting(), result.took()), generated);
    }
}
