package org.citustenancy.examples.benchmark;

import java.util.List;

/** The queries that you would run at a terminal, one database after another. */
final class ByHand {

    /** The usage of a project: its size, its sessions, its distributed tables, and their shards. */
    static final List<String> FIGURES = List.of(
            "select pg_size_pretty(pg_database_size(current_database()))",
            "select count(*) from pg_stat_activity where datname = current_database()",
            "select * from citus_tables",
            "select table_name, count(*) as shards, pg_size_pretty(sum(shard_size)) from citus_shards group by table_name");

    /** The role that may create in the current database, which only the project's owner may. */
    private static final String OWNER = "(select x.grantee from pg_database d, aclexplode(d.datacl) x "
            + "where d.datname = current_database() and x.privilege_type = 'CREATE' and x.grantee <> d.datdba)";

    /** The queries that verify that a node has all of a project, in the usual order. */
    static final List<String> VERIFICATION = List.of(
            "select datname, datdba, datallowconn, datconnlimit, datacl from pg_database where datname = current_database()",
            "select rolname, rolcanlogin, rolsuper, rolconnlimit, rolvaliduntil, md5(rolpassword) from pg_authid "
                    + "where oid = " + OWNER,
            "select s.setrole, s.setconfig from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase "
                    + "where d.datname = current_database()",
            "select extname, extversion from pg_extension",
            "select groupid, nodename, nodeport, isactive, metadatasynced, shouldhaveshards from pg_dist_node",
            "select groupid from pg_dist_local_group",
            "select classid, objid from pg_dist_object",
            "select rolename, md5(authinfo) from pg_dist_authinfo",
            "select n.nspname, n.nspacl from pg_namespace n where n.nspname !~ '^pg_'",
            "select c.oid, c.relname, c.relowner, c.relacl from pg_class c join pg_namespace n on n.oid = c.relnamespace "
                    + "where n.nspname !~ '^(pg_|citus|columnar|information_schema)'",
            "select a.attrelid, a.attname, a.attacl from pg_attribute a where a.attacl is not null and a.attrelid >= 16384",
            "select defaclrole, defaclnamespace, defaclobjtype, defaclacl from pg_default_acl",
            "select s.logicalrelid, s.shardid from pg_dist_shard s "
                    + "where not exists (select from pg_dist_placement p where p.shardid = s.shardid)",
            "select s.shardid from pg_dist_placement p join pg_dist_shard s using (shardid) "
                    + "where p.groupid = (select groupid from pg_dist_local_group) "
                    + "and to_regclass(shard_name(s.logicalrelid, s.shardid)) is null",
            "select count(*) from pg_stat_activity where datname = current_database() "
                    + "and backend_type like 'Citus Maintenance Daemon%'",
            "select d.datname from pg_database d where d.datallowconn and d.datname <> current_database() "
                    + "and has_database_privilege(" + OWNER + ", d.oid, 'connect')",
            "select type, database, user_name, auth_method from pg_hba_file_rules");

    /** The queries that verify that the owner's distributed queries reach the workers from the coordinator. */
    static final List<String> PASSAGE = List.of(
            "begin",
            "select set_config('role', " + OWNER + "::regrole::text, true)",
            "select * from run_command_on_workers('select 1')",
            "commit");

    private ByHand() {}
}
