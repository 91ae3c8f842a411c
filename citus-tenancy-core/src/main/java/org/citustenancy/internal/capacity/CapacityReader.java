package org.citustenancy.internal.capacity;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
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
        return read(maintenance, topology, registry, UnaryOperator.identity());
    }

    /** Reads the current capacity in a time that does not depend on the number of databases. */
    static Capacity readWithoutSizes(Session maintenance, Topology topology, ProjectRegistry registry) {
        return read(maintenance, topology, registry, CapacityObserver::withoutSizes);
    }

    private static Capacity read(
            Session maintenance,
            Topology topology,
            ProjectRegistry registry,
            UnaryOperator<CapacityObserver> otherwise) {
        List<RegisteredProject> projects = registry.list();
        SortedMap<String, Integer> limits = new TreeMap<>();
        projects.forEach(project -> project.connectionLimit().ifPresent(limit -> limits.put(project.name(), limit)));
        CapacityObserver all = new CapacityObserver(
                topology, projects.stream().map(RegisteredProject::name).toList());
        CapacityObserver.Observed observed =
                otherwise.apply(counted(maintenance, all)).observe(maintenance);
        return new Capacity(
                observed.nodes(),
                observed.unanswered(),
                projects.size(),
                limits,
                new DeclaredPools(maintenance, registry).list());
    }

    /** Returns an observer that counts only projects that are awake, if a service suspends the others. */
    static CapacityObserver counted(Session maintenance, CapacityObserver all) {
        return LivingServices.suspend(maintenance) ? all.ofAwake() : all;
    }
}
