package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.users.Secret;

/**
 * A project that has its desired state.
 *
 * @param desired the request combined with the earlier desired state
 * @param result the result of the operation
 * @param generated the passwords that were generated, by user; they are stored only here
 */
public record Provisioned(DesiredProject desired, ProvisioningResult result, Map<String, Secret> generated) {

    /** Returns the same project after more steps, which follow those of the plan. */
    public Provisioned then(List<Step> later) {
        List<StepOutcome> all = new ArrayList<>(result.outcomes());
        later.forEach(step -> all.add(new StepOutcome(step.numbered(all.size() + 1), true)));
        return new Provisioned(
                desired, new ProvisioningResult(result.project(), all, result.waiting(), result.took()), generated);
    }

    /** Returns the same project with the earlier outcomes added. */
    Provisioned after(List<StepOutcome> earlier) {
        List<StepOutcome> all =
                Stream.concat(earlier.stream(), result.outcomes().stream()).toList();
        return new Provisioned(
                desired, new ProvisioningResult(result.project(), all, result.waiting(), result.took()), generated);
    }
}
