package org.citustenancy.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a cluster is to be like.
 *
 * @param workers how many workers it has
 * @param registered whether the nodes are made into one cluster
 * @param backends the requested backends, if any
 * @param image the image for Docker
 * @param directory where servers of this machine have theirs
 * @param clients how clients prove who they are
 * @param nodes how nodes prove who they are
 * @param settings server settings, by name
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
        Duration startTimeout) {}
