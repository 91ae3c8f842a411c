package org.citustenancy.internal.backup.restore;

import java.util.function.Supplier;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;

/**
 * A project whose tables are being filled.
 *
 * @param cluster the cluster
 * @param project its name
 * @param schema {@code pg_restore}
 * @param reading an admin's session on its coordinator, which reads catalogs and nothing else
 * @param session a session on its coordinator that fills its tables
 * @param writers opens more of them
 * @param options how it is restored
 * @param deadline by when it must have ended
 * @param meter counts
 */
record RestoreContext(
        Cluster cluster,
        String project,
        SchemaRestore schema,
        Session reading,
        Session session,
        Supplier<Session> writers,
        RestoreOptions options,
        Deadline deadline,
        ProgressMeter meter) {}
