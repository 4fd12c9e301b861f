import pg from 'pg';

/** The client of PostgreSQL. */
export { pg };
