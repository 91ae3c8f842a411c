package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.RegistryLeavingWorker.REGISTRY_LEAVING_WORKER;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.topology.Node;
import org.jspecify.annotations.Nullable;

/** Statements for the workers whose removal has begun and has not ended. */
public final class RegistryLeavingStatements {

    private RegistryLeavingStatements() {}

    static Query createTable() {
        return DSL.createTable(REGISTRY_LEAVING_WORKER)
                .columns(REGISTRY_LEAVING_WORKER.fields())
                .constraints(constraint("leaving_worker_key")
                        .primaryKey(REGISTRY_LEAVING_WORKER.host, REGISTRY_LEAVING_WORKER.port));
    }

    /**
     * Returns a worker that is leaving.
     *
     * @return a row if it is
     */
    public static ResultQuery<? extends Record> find(Node worker) {
        return select(REGISTRY_LEAVING_WORKER.system)
                .from(REGISTRY_LEAVING_WORKER)
                .where(at(worker));
    }

    /**
     * Saves that a worker leaves.
     *
     * @param system the system identifier of its server, null if it does not answer
     */
    public static Query save(Node worker, @Nullable String system) {
        return insertInto(REGISTRY_LEAVING_WORKER)
                .set(REGISTRY_LEAVING_WORKER.host, worker.host())
                .set(REGISTRY_LEAVING_WORKER.port, worker.port())
                .set(REGISTRY_LEAVING_WORKER.system, system)
                .set(REGISTRY_LEAVING_WORKER.since, currentOffsetDateTime())
                .onConflict(REGISTRY_LEAVING_WORKER.host, REGISTRY_LEAVING_WORKER.port)
                .doUpdate()
                .set(REGISTRY_LEAVING_WORKER.system, system)
                .set(REGISTRY_LEAVING_WORKER.since, currentOffsetDateTime());
    }

    /** Removes a worker that has left, or that joins again. */
    public static Query remove(Node worker) {
        return deleteFrom(REGISTRY_LEAVING_WORKER).where(at(worker));
    }

    private static Condition at(Node worker) {
        return REGISTRY_LEAVING_WORKER.host.eq(worker.host()).and(REGISTRY_LEAVING_WORKER.port.eq(worker.port()));
    }
}
