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
import org.junit.jupiter.api.Test;

class ReservedPortTest {

    @Test
    void nobody_else_gets_a_port_while_it_is_held() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        int number;
        try (ReservedPort port = ReservedPort.on(List.of(loopback))) {
            number = port.number();
            assertThatThrownBy(() -> new ServerSocket(number, 1, loopback).close())
                    .isInstanceOf(BindException.class);
            assertThatThrownBy(() -> new Socket(loopback, number).close()).isInstanceOf(ConnectException.class);
        }

        try (ServerSocket server = new ServerSocket(number, 1, loopback)) {
            assertThat(server.isBound()).isTrue();
        }
    }
}
