package org.citustenancy.internal.backup.restore;

import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;

/** Remembers in the maintenance database which restores have not ended well, whatever has become of who ran them. */
final class UnfinishedRestores {

    private final Session maintenance;

    UnfinishedRestores(Session maintenance) {
        this.maintenance = maintenance;
    }

    boolean contains(String project) {
        try (AdvisoryLock lock = AdvisoryLock.onWhatIsShared(maintenance)) {
            maintenance.execute(RestoreStatements.makeMarks());
        }
        return !maintenance.fetch(RestoreStatements.mark(project)).isEmpty();
    }

    void add(String project) {
        maintenance.execute(RestoreStatements.setMark(project));
    }

    void remove(String project) {
        maintenance.execute(RestoreStatements.removeMark(project));
    }
}
