package org.citustenancy.embedded.internal.fleet;

/** A way to get servers, which may not be there on this machine. */
public interface Provider {

    /**
     * Gets hold of it, without starting a server.
     *
     * @throws UnavailableException if it is not there on this machine; with the reason
     */
    Found find() throws UnavailableException, InterruptedException;

    /** A way to get servers that is there. */
    interface Found {

        /** What was found, for people. */
        String description();

        /** Whether its servers have Citus. */
        boolean hasCitus();

        /** Prepares a fleet; no server of it runs yet. */
        Fleet open(FleetOptions options) throws ServerException, InterruptedException;
    }

    /** A way to get servers that is not there; the message says why, in half a sentence. */
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
