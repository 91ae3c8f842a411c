package org.citustenancy.internal.observing;

/**
 * The identity of a server, as the server reports it.
 *
 * @param system the system identifier, which a server shares with its standbys only
 * @param timeline its timeline, as eight hexadecimal digits
 * @param inRecovery whether it is a standby that was not promoted
 */
public record ServerIdentity(String system, String timeline, boolean inRecovery) {

    /**
     * Checks whether this server accepts writes and is the given server, or a standby of it that was promoted later. A
     * superseded primary is neither.
     *
     * @return false for another server, for a standby, and for a primary that was superseded
     */
    public boolean continues(ServerIdentity earlier) {
        return !inRecovery && system.equals(earlier.system) && timeline.compareTo(earlier.timeline) >= 0;
    }
}
