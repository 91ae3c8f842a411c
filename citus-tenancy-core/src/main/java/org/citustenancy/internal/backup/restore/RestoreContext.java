package org.citustenancy.internal.backup.restore;

import java.util.function.Supplier;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;

/**
 * The context of a restore that fills the tables of a project.
 *
 * @param cluster the cluster
 * @param project its name
 * @param schema runs {@code pg_restore}
 * @param reading an admin's session on its coordinator, which only reads catalogs
 * @param session a session on its coordinator that fills its tables
 * @param writers opens more such sessions
 * @param options the options of the restore
 * @param deadline the time by which it must have ended
 * @param meter counts the progress
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
