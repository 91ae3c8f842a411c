package org.citustenancy.hikari.internal.socket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket whose {@link #close()} returns when the server has closed its side too. PostgreSQL closes its side at the
 * end of the backend's process, so the connection does not count on the server any more when it does not count here.
 */
final class LingeringSocket extends Socket {

    private static final Logger LOG = LoggerFactory.getLogger(LingeringSocket.class);

    private static final int PATIENCE_MILLIS = 5_000;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicInteger readers = new AtomicInteger();

    /** Whether the last read has timed out: a server that hangs does not close its side either. */
    private volatile boolean silent;

    LingeringSocket() {}

    LingeringSocket(String host, int port) throws IOException {
        super(host, port);
    }

    LingeringSocket(String host, int port, InetAddress localAddress, int localPort) throws IOException {
        super(host, port, localAddress, localPort);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new Watched(super.getInputStream());
    }

    @Override
    public void close() throws IOException {
        try {
            // A thread that aborts a connection must not wait for the response that another thread waits for.
            if (closing.compareAndSet(false, true) && waitsForServer()) {
                awaitServer();
            }
        } finally {
            super.close();
        }
    }

    private boolean waitsForServer() {
        return isConnected() && !isClosed() && !silent && readers.get() == 0;
    }

    private void awaitServer() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        byte[] ignored = new byte[512];
        try {
            setSoTimeout(PATIENCE_MILLIS);
            shutdownOutput();
            InputStream input = super.getInputStream();
            while (input.read(ignored) >= 0 && System.nanoTime() - end < 0) {
                // The remaining output of the server, such as the reason for the end of the session, is discarded.
            }
        } catch (IOException gone) {
            LOG.debug("The server did not close the connection in time, or it was gone already", gone);
        }
    }

    /** Tracks whether a thread reads, and whether the server is silent. */
    private final class Watched extends FilterInputStream {

        Watched(InputStream input) {
            super(input);
        }

        @Override
        public int read() throws IOException {
            readers.incrementAndGet();
            try {
                int value = super.read();
                silent = false;
                return value;
            } catch (SocketTimeoutException hangs) {
                silent = true;
                throw hangs;
            } finally {
                readers.decrementAndGet();
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            readers.incrementAndGet();
            try {
                int count = super.read(bytes, offset, length);
                silent = false;
                return count;
            } catch (SocketTimeoutException hangs) {
                silent = true;
                throw hangs;
            } finally {
                readers.decrementAndGet();
            }
        }
    }
}
