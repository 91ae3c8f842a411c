package org.citustenancy.test.internal.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.CitusCluster;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.test.internal.names.DatabaseNames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what processes have left that did not live to do it. */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final CitusCluster cluster;
    private final DatabaseNames names;
    private final Lease lease;

    /**
     * The leftovers of earlier processes on a cluster.
     *
     * @param names how test databases are called
     * @param lease knows which processes live
     */
    public Leftovers(CitusCluster cluster, DatabaseNames names, Lease lease) {
        this.cluster = cluster;
        this.names = names;
        this.lease = lease;
    }

    /** Drops copies of dead processes, and templates of the same name that were prepared with something else. */
    public void sweep() {
        Map<String, List<String>> byProcess = new TreeMap<>();
        List<String> templates = new ArrayList<>();
        for (RegisteredProject project : cluster.projects()) {
            names.processOf(project.name()).ifPresent(process -> byProcess
                    .computeIfAbsent(process, key -> new ArrayList<>())
                    .add(project.name()));
            if (names.isOtherTemplate(project.name())) {
                templates.add(project.name());
            }
        }
        byProcess.forEach((process, databases) -> lease.ifDead(process, () -> databases.forEach(this::drop)));
        templates.forEach(template -> lease.ifUnused(template, () -> drop(template)));
    }

    private void drop(String database) {
        try {
            cluster.getProject(database).drop();
            LOG.info("Dropped \"{}\", which a process has left that did not live to do it", database);
        } catch (NotFoundException gone) {
            LOG.debug("\"{}\" is gone already", database, gone);
        } catch (CitusTenancyException failure) {
            LOG.warn("\"{}\" is left over and cannot be dropped now", database, failure);
        }
    }
}
