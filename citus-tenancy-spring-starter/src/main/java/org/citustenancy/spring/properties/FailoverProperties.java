package org.citustenancy.spring.properties;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the application follows failovers of the cluster's servers, and recovers distributed transactions.
 *
 * @param enabled whether the application runs the monitor; if several instances do, one of them acts
 * @param interval the time between two rounds of the monitor
 * @param probeTimeout how long a server may take to answer
 * @param servers the addresses that a promoted standby may have, as host:port; registered secondaries are included
 * @param patroni an address of Patroni's REST API per node, for example http://citus-worker-1:8008
 * @param recoveryInterval the time between two rounds of the recovery of distributed transactions
 */
public record FailoverProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("3s") Duration probeTimeout,
        @DefaultValue List<String> servers,
        @DefaultValue List<URI> patroni,
        @DefaultValue("60s") Duration recoveryInterval) {}
