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
 * @param options how the library connects to it
 * @param host where this process reaches the coordinator
 * @param port where this process reaches the coordinator
 * @param embedded the demo's own servers, if it is not a given one
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

    /** The name of the folder for what belongs to this cluster. */
    String folder() {
        return embedded.isPresent() ? "embedded" : (host + "-" + port).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** Why there is no Citus on a cluster that has none. */
    String whyNoCitus() {
        return embedded.flatMap(EmbeddedCluster::whyNoCitus)
                .orElseGet(() -> "the server at " + host + ":" + port + " does not have it");
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedCluster::close);
    }
}
