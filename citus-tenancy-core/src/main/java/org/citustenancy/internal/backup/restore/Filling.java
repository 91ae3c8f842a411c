package org.citustenancy.internal.backup.restore;

import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.internal.backup.work.ProgressMeter;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;

/**
 * A project whose tables are being filled.
 *
 * @param cluster the cluster
 * @param project its name
 * @param schema {@code pg_restore}
 * @param session a session on its coordinator
 * @param options how it is restored
 * @param deadline by when it must have ended
 * @param meter counts
 */
record Filling(
        Cluster cluster,
        String project,
        SchemaRestore schema,
        Session session,
        RestoreOptions options,
        Deadline deadline,
        ProgressMeter meter) {}
