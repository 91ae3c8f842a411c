// The other form: what connection.nodePostgres() gave, as a file.
import { readFileSync } from "node:fs";
import pg from "pg";

const pool = new pg.Pool(JSON.parse(readFileSync(process.argv[2], "utf8")));
const { rows } = await pool.query("SELECT current_database() AS project");
console.log(`connected to ${rows[0].project}`);
await pool.end();
