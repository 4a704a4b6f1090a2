/** Connections in a shop's pool on PostgreSQL: as many as requests come at once, which is best for the one written by hand. */
export const CONNECTIONS = 32;
