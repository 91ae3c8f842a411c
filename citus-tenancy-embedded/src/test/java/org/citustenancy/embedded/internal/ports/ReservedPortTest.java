package org.citustenancy.embedded.internal.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReservedPortTest {

    @Test
    void reserved_port_cannot_be_bound_until_its_release() throws IOException, InterruptedException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int number;
        try (ReservedPort port = ReservedPort.on(List.of(loopback))) {
            number = port.number();
            assertThatThrownBy(() -> new ServerSocket(number, 1, loopback).close())
                    .isInstanceOf(BindException.class);
            assertThatThrownBy(() -> new Socket(loopback, number).close()).isInstanceOf(ConnectException.class);
        }

        try (ServerSocket server = soon(number, loopback)) {
            assertThat(server.isBound()).isTrue();
        }
    }

    /** A process that is being started at this moment has the socket until it has become its program. */
    private static ServerSocket soon(int number, InetAddress address) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new ServerSocket(number, 1, address);
            } catch (BindException stillHeld) {
                if (attempt == 20) {
                    throw stillHeld;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
