/** Stands in for the package `server-only` in tests, which have no server/client boundary. */
export {};
