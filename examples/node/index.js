import pool from "./database.js";

await pool.query("CREATE TABLE IF NOT EXISTS visits (visitor bigint, at timestamptz DEFAULT now())");
const { rowCount } = await pool.query(
    "SELECT 1 FROM citus_tables WHERE table_name = 'visits'::regclass AND citus_table_type = 'distributed'",
);
if (rowCount === 0) {
    await pool.query("SELECT create_distributed_table('visits', 'visitor')");
}
await pool.query("INSERT INTO visits (visitor) SELECT generate_series(1, 100)");

const who = await pool.query("SELECT current_database() AS project, current_user AS me");
const where = await pool.query(
    "SELECT count(*)::int AS shards, count(DISTINCT nodename || ':' || nodeport)::int AS nodes FROM citus_shards WHERE table_name = 'visits'::regclass",
);
const { project, me } = who.rows[0];
const { shards, nodes } = where.rows[0];
console.log(`${me} at ${project}: visits has ${shards} shards on ${nodes} nodes`);

await pool.end();
