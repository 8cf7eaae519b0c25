import type { TestServer } from './test-server.js';

/** Resolves when every event of the demo shop has been delivered: the running dispatcher may still hold one when a drain ends. */
export async function allHeard(server: TestServer): Promise<void> {
  do await server.drain(); while ((await server.services.dispatcher.lag(server.context())).waiting > 0);
}
