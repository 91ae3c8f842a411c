package org.citustenancy.spring.internal.definition;

import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.PatroniDirectory;
import org.citustenancy.spring.properties.FailoverProperties;

/** Reads how the application follows failovers. */
record FailoverReader(Problems problems) {

    /** Returns the options without those whose properties are invalid. */
    FailoverOptions read(FailoverProperties properties) {
        FailoverOptions options = FailoverOptions.STANDARD;
        if (problems.requirePositive("failover.interval", properties.interval())) {
            options = options.every(properties.interval());
        }
        if (problems.requirePositive("failover.probe-timeout", properties.probeTimeout())) {
            options = options.probeWithin(properties.probeTimeout());
        }
        if (problems.requirePositive("failover.recovery-interval", properties.recoveryInterval())) {
            options = options.recovery(recovery -> recovery.every(properties.recoveryInterval()));
        }
        for (int index = 0; index < properties.servers().size(); index++) {
            options = withServer(options, index, properties.servers().get(index));
        }
        return properties.patroni().isEmpty() ? options : withPatroni(options, properties);
    }

    private FailoverOptions withServer(FailoverOptions options, int index, String server) {
        int colon = server.lastIndexOf(':');
        try {
            return options.withServer(
                    server.substring(0, Math.max(0, colon)), Integer.parseInt(server.substring(colon + 1)));
        } catch (NumberFormatException | InvalidRequestException noAddress) {
            problems.add(
                    Problems.name("failover", "servers[" + index + "]"),
                    "is \"" + server + "\", which is not host:port",
                    "write host:port, with a host name that all nodes can reach");
            return options;
        }
    }

    private FailoverOptions withPatroni(FailoverOptions options, FailoverProperties properties) {
        try {
            // The monitor interrupts a directory that takes as long as a probe.
            return options.with(PatroniDirectory.of(properties.patroni())
                    .within(options.probeTimeout().multipliedBy(2).dividedBy(3)));
        } catch (InvalidRequestException noAddress) {
            problems.add(
                    Problems.name("failover", "patroni"),
                    "cannot be used: " + noAddress.failure().what(),
                    noAddress.failure().fix());
            return options;
        }
    }
}
