package org.citustenancy.internal.session;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sessions of an operation in one database: the one that is asked, and another one for what needs the workers meanwhile. */
final class DatabaseSessions implements AutoCloseable {

    private final Supplier<Session> opening;
    private @Nullable Session session;
    private @Nullable Session spare;

    DatabaseSessions(Supplier<Session> opening) {
        this.opening = opening;
    }

    Session session() {
        Session open = session;
        if (open == null) {
            open = opening.get();
            session = open;
        }
        return open;
    }

    NodeCommands beside() {
        return NodeCommands.beside(session(), this::spare);
    }

    private Session spare() {
        Session open = spare;
        if (open == null) {
            open = opening.get();
            spare = open;
        }
        return open;
    }

    @Override
    public void close() {
        Session first = session;
        Session second = spare;
        session = null;
        spare = null;
        if (first != null) {
            first.close();
        }
        if (second != null) {
            second.close();
        }
    }
}
