import type { DatabaseConnection, Driver } from "kysely";

/** Gives a driver's failures better names: what `named` returns is thrown instead. */
export function nameFailures(driver: Driver, named: (error: unknown) => unknown): Driver {
  const connections = new WeakSet<DatabaseConnection>();
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async (options) => {
    const connection = await acquire(options).catch((error: unknown) => {
      throw named(error);
    });
    if (connections.has(connection)) return connection;
    connections.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = async (query, queryOptions) =>
      execute<never>(query, queryOptions).catch((error: unknown) => {
        throw named(error);
      });
    return connection;
  };
  return driver;
}
