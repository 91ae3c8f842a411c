// The guide's config/database.js. The variables are those of the .env file that the library wrote.
import pg from "pg";

const pool = new pg.Pool({
    host: process.env.DB_HOST || "citus-master",
    port: process.env.DB_PORT || 5432,
    database: process.env.DB_NAME,
    user: process.env.DB_USER,
    password: process.env.DB_PASSWORD,
    max: 20,
    idleTimeoutMillis: 30000,
});

export default pool;
