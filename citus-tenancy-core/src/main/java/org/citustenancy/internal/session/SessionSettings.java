package org.citustenancy.internal.session;

import org.citustenancy.internal.sql.AdminSettings;

/** The settings in the start-up packets of the library's sessions, as values of the driver's property "options". */
final class SessionSettings {

    /**
     * The settings of every administrative session, which override those of the database and the role: {@link
     * AdminSettings}, no propagation, and no JIT compilation. A compilation takes longer than any of the statements,
     * and the server compiles for tables that it estimates as large because they were never analyzed.
     *
     * @see <a href="https://www.postgresql.org/docs/current/jit-decision.html">When to JIT?</a>
     */
    static final String ADMIN = String.join(
            " ",
            "-c citus.enable_ddl_propagation=off",
            "-c citus.enable_manual_changes_to_shards=on",
            "-c citus.override_table_visibility=off",
            "-c citus.enable_create_role_propagation=off",
            "-c citus.enable_alter_role_propagation=off",
            "-c citus.enable_alter_role_set_propagation=off",
            AdminSettings.startupOptions(),
            "-c jit=off",
            "-c client_min_messages=warning");

    /** The same settings, but with propagation of DDL to the other nodes, which distributing a table needs. */
    static final String DISTRIBUTING_ADMIN =
            ADMIN.replace("citus.enable_ddl_propagation=off", "citus.enable_ddl_propagation=on");

    /**
     * The settings of sessions that wait for the next operation. Citus would keep its connections to the workers in
     * them, and not detect that a worker was restarted meanwhile. The server plans repeated statements once, because
     * the plan is the same for every project and planning takes longer than execution.
     */
    static final String KEPT_ADMIN =
            ADMIN + " -c citus.max_cached_conns_per_worker=0 -c plan_cache_mode=force_generic_plan";

    /**
     * The settings of a session that moves rows, in addition to those of its role: DDL reaches the other nodes, and
     * shards can be written to. Setting them needs no superuser.
     */
    static final String ROWS = String.join(
            " ",
            "-c citus.enable_ddl_propagation=on",
            "-c citus.enable_manual_changes_to_shards=on",
            "-c citus.override_table_visibility=off",
            "-c citus.enable_unsafe_triggers=on",
            AdminSettings.startupOptionsOfUser(),
            "-c jit=off",
            "-c client_min_messages=warning");

    private SessionSettings() {}
}
