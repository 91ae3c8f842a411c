package org.citustenancy.internal.repairing;

import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.tables.DeclaredDistribution;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.RepairOptions;

/** Repairs one project. */
public final class ProjectRepair {

    private final String project;
    private final ProjectProvisioner provisioner;
    private final boolean distribute;
    private final DeclaredDistribution distribution;

    /** Creates a repair that has not begun. */
    public ProjectRepair(Cluster cluster, String project, RepairOptions options) {
        this.project = project;
        this.provisioner = new ProjectProvisioner(
                cluster, options.acceptLoss() ? ProvisioningMode.REPAIR_WITH_LOSS : ProvisioningMode.REPAIR);
        this.distribute = options.distributeTables();
        this.distribution = new DeclaredDistribution(cluster, project);
    }

    /**
     * Returns the steps that {@link #run} would run now. Changes nothing.
     *
     * @return without the steps for tables while something else is to be repaired, because that may decide about them
     */
    public ProvisioningPlan plan() {
        return ReadOnlyCall.changingNothing(() -> {
            ProvisioningPlan plan = provisioner.plan(DesiredProject.named(project));
            return distribute && plan.isEmpty() ? new ProvisioningPlan(project, distribution.plan()) : plan;
        });
    }

    /** Repairs the project. */
    public Provisioned run() {
        Provisioned repaired = provisioner.create(DesiredProject.named(project), StepListener.NONE);
        return distribute ? repaired.then(distribution.apply()) : repaired;
    }
}
