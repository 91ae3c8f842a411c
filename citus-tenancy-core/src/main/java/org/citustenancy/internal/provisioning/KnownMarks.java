package org.citustenancy.internal.provisioning;

import java.util.function.Predicate;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.RegisteredProject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The marks of a cluster's projects, as far as they are known. Without them an operation only does more than is needed;
 * it meets a failure of a node itself, and reports it.
 */
public final class KnownMarks {

    private static final Logger LOG = LoggerFactory.getLogger(KnownMarks.class);

    private KnownMarks() {}

    /** Computes the marks of some projects. */
    public static ProjectMarks of(Cluster cluster, Predicate<RegisteredProject> which, Deadline deadline) {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            return ProjectMarks.observe(
                    maintenance,
                    TopologyReader.read(maintenance, cluster.requireCitus()),
                    cluster.registry(maintenance).list().stream().filter(which).toList());
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The marks of projects are not known", failure);
            return ProjectMarks.NONE;
        }
    }
}
