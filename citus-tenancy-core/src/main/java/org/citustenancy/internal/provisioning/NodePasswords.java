package org.citustenancy.internal.provisioning;

import java.util.Optional;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.NodePasswordStatements;

/** Reads the passwords with which the nodes of a project authenticate a user to each other. */
final class NodePasswords {

    private static final String NO_SUCH_TABLE = "42P01";

    private final Cluster cluster;

    NodePasswords(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the coordinator's password for a user. A project in transition may have no database yet, or no Citus in
     * it.
     */
    Optional<String> in(String project, String user, Deadline deadline) {
        try (Session session = cluster.sessions().local(project, deadline)) {
            return session.fetch(NodePasswordStatements.read(user)).getValues(NodePasswordStatements.AUTHINFO).stream()
                    .findFirst();
        } catch (NotFoundException noDatabase) {
            return Optional.empty();
        } catch (ServerErrorException refused) {
            if (refused.sqlState().equals(NO_SUCH_TABLE)) {
                return Optional.empty();
            }
            throw refused;
        }
    }
}
