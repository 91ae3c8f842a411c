package org.citustenancy.internal.failover;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.NodeDirectory;
import org.citustenancy.internal.concurrent.LimitedCall;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.topology.Node;

/** The servers that the options name directly, and those that their directories return. */
public final class NamedServers {

    private final Set<Node> configured;
    private final Map<NodeDirectory, LimitedCall> directories = new LinkedHashMap<>();

    /** Creates a call with a time limit for each directory. */
    public NamedServers(Cluster cluster, FailoverOptions options) {
        this.configured = new LinkedHashSet<>(options.recovery().standbys());
        this.configured.addAll(options.servers());
        options.directories()
                .forEach(directory -> directories.put(
                        directory,
                        new LimitedCall(cluster.threads(), "the directory of servers", options.probeTimeout())));
    }

    /**
     * Returns the servers.
     *
     * @param obstacles receives the failures of directories
     */
    Set<Node> all(Collection<String> obstacles) {
        Set<Node> servers = new LinkedHashSet<>(configured);
        directories.forEach((directory, call) -> {
            try {
                servers.addAll(call.run(() -> List.copyOf(directory.servers())));
            } catch (OperationInterruptedException ended) {
                throw ended;
            } catch (CitusTenancyException failure) {
                obstacles.add(failure.failure().what());
            } catch (RuntimeException failure) {
                obstacles.add("the directory of servers failed: " + failure);
            }
        });
        return servers;
    }

    /** Returns the servers. Throws an exception if a directory fails. */
    public Set<Node> requireAll() {
        Set<String> obstacles = new LinkedHashSet<>();
        Set<Node> servers = all(obstacles);
        if (!obstacles.isEmpty()) {
            throw new ConnectionException(Failure.of(String.join("; ", obstacles))
                    .fix("correct the directory; the next round queries it again"));
        }
        return servers;
    }
}
