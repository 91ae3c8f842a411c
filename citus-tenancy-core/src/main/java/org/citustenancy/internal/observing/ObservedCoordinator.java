package org.citustenancy.internal.observing;

import java.util.Optional;
import org.citustenancy.topology.Node;

/**
 * The observed state of a server that becomes a coordinator.
 *
 * @param hasCitus whether its maintenance database has Citus
 * @param group its group, 0 unless it is a worker
 * @param coordinator the address under which it is registered, absent if it is not
 * @param hasWorkers whether workers are registered
 */
public record ObservedCoordinator(boolean hasCitus, int group, Optional<Node> coordinator, boolean hasWorkers) {}
