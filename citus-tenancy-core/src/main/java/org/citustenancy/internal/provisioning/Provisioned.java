package org.citustenancy.internal.provisioning;

import java.util.Map;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.users.Secret;

/**
 * A project that is as it was asked for.
 *
 * @param desired what was asked for, over what had been asked for before
 * @param result what was done
 * @param generated the passwords that were generated, by user; they are kept nowhere else
 */
public record Provisioned(DesiredProject desired, ProvisioningResult result, Map<String, Secret> generated) {}
