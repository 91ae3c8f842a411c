package org.citustenancy.examples.demo;

import java.net.URI;
import java.util.Optional;
import org.citustenancy.ClusterOptions;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.users.Secret;

/**
 * The cluster that the demo runs against: a given one, or one of its own that ends with it.
 *
 * @param options the options with which the library connects to it
 * @param host the host at which this process reaches the coordinator
 * @param port the port at which this process reaches the coordinator
 * @param embedded the demo's own servers, if no cluster is given
 */
record DemoCluster(ClusterOptions options, String host, int port, Optional<EmbeddedCluster> embedded)
        implements AutoCloseable {

    private static final String MAINTENANCE_DATABASE = "postgres";

    static DemoCluster open(DemoSettings settings) {
        return settings.server()
                .map(server -> given(server, settings.requireCitus()))
                .orElseGet(DemoCluster::start);
    }

    private static DemoCluster given(DemoSettings.GivenServer server, boolean requireCitus) {
        String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
        ClusterOptions options = ClusterOptions.of(
                "jdbc:postgresql://" + host + ":" + server.port() + "/" + MAINTENANCE_DATABASE,
                server.adminUser(),
                server.adminPassword());
        return new DemoCluster(options.requireCitus(requireCitus), server.host(), server.port(), Optional.empty());
    }

    private static DemoCluster start() {
        EmbeddedCluster servers = EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .start();
        String url = servers.jdbcUrl(MAINTENANCE_DATABASE);
        URI address = URI.create(url.substring("jdbc:".length()));
        ClusterOptions options = ClusterOptions.of(url, servers.adminUser(), Secret.of(servers.adminPassword()))
                .requireCitus(servers.hasCitus());
        return new DemoCluster(options, address.getHost(), address.getPort(), Optional.of(servers));
    }

    /** Returns the name of the folder for the files of this cluster. */
    String folder() {
        return embedded.isPresent() ? "embedded" : (host + "-" + port).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Returns the reason why a cluster has no Citus. */
    String whyNoCitus() {
        return embedded.flatMap(EmbeddedCluster::whyNoCitus)
                .orElseGet(() -> "the server at " + host + ":" + port + " does not have it");
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedCluster::close);
    }
}
