package org.citustenancy.internal.tables;

import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.DistributionRules;

/** Accesses the tables of a database through a connection of the caller, in its transaction. */
public final class ConnectionAccess implements TableAccess {

    private final Session session;

    /**
     * Creates the access over a connection.
     *
     * @param connection stays open
     */
    public ConnectionAccess(Connection connection) {
        this.session = Session.over(connection);
    }

    @Override
    public String toString() {
        return session.place().toString();
    }

    @Override
    public Optional<DistributionRules> rules() {
        throw new InvalidRequestException(
                Failure.of("The rules that a project declares are not known to a connection of its user")
                        .where(session.place())
                        .state("nothing was changed")
                        .fix("pass the rules, or use Project.tables()"));
    }

    @Override
    public <T> Optional<T> read(Function<TableCatalog, T> reading) {
        return hasCitus() ? Optional.of(reading.apply(new TableCatalog(session))) : Optional.empty();
    }

    @Override
    public <T> Optional<T> change(Function<Change, T> change) {
        if (!hasCitus()) {
            return Optional.empty();
        }
        session.fetch(TableStatements.oneConnectionPerNode());
        return Optional.of(change.apply(new SessionChange(session)));
    }

    private boolean hasCitus() {
        Record premises = session.fetch(ClusterQueries.premises()).get(0);
        if (premises.get(ClusterQueries.CITUS) != null) {
            return true;
        }
        if (premises.get(ClusterQueries.INSTALLED)) {
            throw new ConflictException(Failure.of(
                            "The server has Citus, but the database of this connection has not, so it is no project's")
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("connect to a project; of one that lost its extension, call repair()"));
        }
        return false;
    }
}
