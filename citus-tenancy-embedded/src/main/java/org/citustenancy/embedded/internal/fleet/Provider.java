package org.citustenancy.embedded.internal.fleet;

/** Provides servers, if this machine supports it. */
public interface Provider {

    /**
     * Detects the required programs or services, without starting a server.
     *
     * @throws UnavailableException if this machine does not support it; with the reason
     */
    Found find() throws UnavailableException, InterruptedException;

    /** An available source of servers. */
    interface Found {

        /** Describes it for logs and messages. */
        String description();

        /** Returns whether its servers have Citus. */
        boolean hasCitus();

        /** Prepares a fleet without starting a server. */
        Fleet open(FleetOptions options) throws ServerException, InterruptedException;
    }

    /** Thrown if a source of servers is unavailable. The message contains the reason as a part of a sentence. */
    final class UnavailableException extends Exception {

        private static final long serialVersionUID = 1L;

        public UnavailableException(String message) {
            super(message);
        }

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
