package org.citustenancy.hikari.internal.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Creates sockets whose close waits for the server. The driver creates one factory per connection, by its class name.
 */
public final class LingeringSocketFactory extends SocketFactory {

    @Override
    public Socket createSocket() {
        return new LingeringSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new LingeringSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localAddress, int localPort) throws IOException {
        return new LingeringSocket(host, port, localAddress, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new LingeringSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort) throws IOException {
        return new LingeringSocket(host.getHostAddress(), port, localAddress, localPort);
    }
}
