package org.citustenancy.hikari.internal.budget;

import java.util.LinkedHashSet;
import java.util.Set;
import org.citustenancy.hikari.budget.ProjectShare;
import org.citustenancy.hikari.budget.ProjectUse;

/** A project's account in the ledger, guarded by the ledger's lock. */
public final class Account {

    private final String project;
    private final ProjectShare share;
    private final Set<Permit> permits = new LinkedHashSet<>();
    private final Set<Demand> demands = new LinkedHashSet<>();
    private int revoked;

    Account(String project, ProjectShare share) {
        this.project = project;
        this.share = share;
    }

    int held() {
        return permits.size();
    }

    /** Returns the number of permits that the project holds once revoked ones are released. */
    int remaining() {
        return permits.size() - revoked;
    }

    int limit() {
        return share.limit();
    }

    int guaranteed() {
        return share.guaranteed();
    }

    /** Returns the number of free permits that are reserved for the project. */
    int reserved() {
        return Math.max(0, share.guaranteed() - permits.size());
    }

    boolean isFull() {
        return permits.size() >= share.limit();
    }

    /** Returns whether the account can be removed: it has no participants and no connections. */
    boolean isOver() {
        return demands.isEmpty() && permits.isEmpty() && share.equals(ProjectShare.ANY);
    }

    String project() {
        return project;
    }

    Set<Permit> permits() {
        return permits;
    }

    Set<Demand> demands() {
        return demands;
    }

    void revoke(Permit permit) {
        permit.revoked(true);
        revoked++;
    }

    void keep(Permit permit) {
        permit.revoked(false);
        revoked--;
    }

    void remove(Permit permit) {
        if (permits.remove(permit) && permit.isRevoked()) {
            revoked--;
        }
    }

    ProjectUse use() {
        int idle = (int) permits.stream().filter(Permit::isIdle).count();
        int waiting = demands.stream().mapToInt(Demand::waiting).sum();
        return new ProjectUse(project, permits.size() - idle, idle, waiting);
    }
}
