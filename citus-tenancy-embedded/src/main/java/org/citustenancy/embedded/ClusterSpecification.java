package org.citustenancy.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The specification of a cluster.
 *
 * @param workers the number of workers
 * @param registered whether the nodes are registered as one cluster
 * @param backends the requested backends, if any
 * @param image the image for Docker
 * @param directory the parent directory of servers of this machine
 * @param clients the authentication of clients
 * @param nodes the authentication of nodes
 * @param settings server settings, by name
 * @param ownIdentifiers whether each server has a system identifier of its own
 * @param startTimeout how long one server may take until it accepts connections
 */
record ClusterSpecification(
        int workers,
        boolean registered,
        List<Backend> backends,
        String image,
        Path directory,
        Authentication clients,
        Authentication nodes,
        Map<String, String> settings,
        boolean ownIdentifiers,
        Duration startTimeout) {}
