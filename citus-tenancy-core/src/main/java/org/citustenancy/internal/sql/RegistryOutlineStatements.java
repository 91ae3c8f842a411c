package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.sql.catalog.RegistryOutline.REGISTRY_OUTLINE;

import org.citustenancy.internal.shaded.jooq.Query;

/** Statements for the fingerprints of projects in the registry. */
public final class RegistryOutlineStatements {

    private RegistryOutlineStatements() {}

    /**
     * Saves a fingerprint, new or changed.
     *
     * @param writerVersion the version of the library that writes it
     */
    public static Query save(String project, String fingerprint, String writerVersion) {
        return insertInto(REGISTRY_OUTLINE)
                .set(REGISTRY_OUTLINE.project, project)
                .set(REGISTRY_OUTLINE.fingerprint, fingerprint)
                .set(REGISTRY_OUTLINE.writerVersion, writerVersion)
                .set(REGISTRY_OUTLINE.seenAt, currentOffsetDateTime())
                .onConflict(REGISTRY_OUTLINE.project)
                .doUpdate()
                .set(REGISTRY_OUTLINE.fingerprint, fingerprint)
                .set(REGISTRY_OUTLINE.writerVersion, writerVersion)
                .set(REGISTRY_OUTLINE.seenAt, currentOffsetDateTime());
    }

    /** Removes a fingerprint. */
    public static Query remove(String project) {
        return deleteFrom(REGISTRY_OUTLINE).where(REGISTRY_OUTLINE.project.eq(project));
    }
}
