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

/** Drops the databases of processes that ended without dropping them. */
public final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final CitusCluster cluster;
    private final DatabaseNames names;
    private final Lease lease;

    /**
     * Creates the cleanup of a cluster.
     *
     * @param names the names of test databases
     * @param lease identifies the processes that are alive
     */
    public Leftovers(CitusCluster cluster, DatabaseNames names, Lease lease) {
        this.cluster = cluster;
        this.names = names;
        this.lease = lease;
    }

    /** Drops copies of dead processes, and templates with the same name and another preparation. */
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
