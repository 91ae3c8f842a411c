package org.citustenancy.internal.capacity;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.internal.observing.CapacityObserver;
import org.citustenancy.internal.registry.DeclaredPools;
import org.citustenancy.internal.registry.LivingServices;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;

/** Reads the capacity of a cluster and the limits of the projects. */
public final class CapacityReader {

    private CapacityReader() {}

    /** Reads the current capacity. */
    public static Capacity read(Session maintenance, Topology topology, ProjectRegistry registry) {
        List<RegisteredProject> projects = registry.list();
        SortedMap<String, Integer> limits = new TreeMap<>();
        projects.forEach(project -> project.connectionLimit().ifPresent(limit -> limits.put(project.name(), limit)));
        CapacityObserver all = new CapacityObserver(
                topology, projects.stream().map(RegisteredProject::name).toList());
        CapacityObserver.Observed observed =
                (LivingServices.suspend(maintenance) ? all.ofAwake() : all).observe(maintenance);
        return new Capacity(
                observed.nodes(),
                observed.unanswered(),
                projects.size(),
                limits,
                new DeclaredPools(maintenance, registry).list());
    }
}
