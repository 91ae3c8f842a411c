package org.citustenancy.embedded.internal.docker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;

/**
 * The address at which the port of a container is published.
 *
 * @param host the name or address at which this JVM reaches the machine of the engine
 * @param boundTo the address of that machine to which the port is bound
 * @param port the port on that machine
 */
record Publication(String host, String boundTo, int port) {

    private static final Pattern IPV4_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final String LOOPBACK = "127.0.0.1";

    /** Publishes the port to as few clients as possible. */
    static Publication at(String host, int port) {
        if (host.equals("localhost") || host.equals(LOOPBACK)) {
            return new Publication(LOOPBACK, LOOPBACK, port);
        }
        String scheme = DockerClientFactory.instance()
                .getTransportConfig()
                .getDockerHost()
                .getScheme();
        if ("unix".equals(scheme) && IPV4_ADDRESS.matcher(host).matches()) {
            // This JVM runs in a container of the same engine: the address is that of the machine on the containers'
            // network.
            return new Publication(host, host, port);
        }
        return new Publication(host, "0.0.0.0", port);
    }

    String address() {
        return host + ":" + port;
    }

    PortBinding binding(int containerPort) {
        return new PortBinding(Ports.Binding.bindIpAndPort(boundTo, port), ExposedPort.tcp(containerPort));
    }
}
