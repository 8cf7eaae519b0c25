import http from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import type { ApiDispatch } from './api-dispatch.js';

/**
 * Express sets the prototype of every live request and response, which on Node 20 drops each later access off the fast path (two thirds
 * of the throughput). Requests and responses that are born with the app's prototypes make that call a no-op.
 */
export function bornServer(app: Express, dispatch: Pick<ApiDispatch, 'handle'>): http.Server {
  class BornRequest extends http.IncomingMessage {}
  class BornResponse extends http.ServerResponse {}
  Object.setPrototypeOf(BornRequest.prototype, app.request);
  Object.setPrototypeOf(BornResponse.prototype, app.response);
  app.request = BornRequest.prototype as unknown as Express['request'];
  app.response = BornResponse.prototype as unknown as Express['response'];
  const pages = app as unknown as http.RequestListener;
  // API requests need none of Express, so they do not pay for it.
  const server = http.createServer({ IncomingMessage: BornRequest, ServerResponse: BornResponse }, (req, res) => { if (!dispatch.handle(req, res)) pages(req, res); });
  server.headersTimeout = 10_000;
  server.requestTimeout = 15_000;
  server.keepAliveTimeout = 65_000;
  server.maxConnections = 1_000;
  endUnused(server);
  return server;
}

/** Browsers connect ahead of their requests. Node takes a connection on which nothing was sent for a busy one, and a stop would wait for it. */
function endUnused(server: http.Server): void {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => { open.delete(socket); });
  });
  const endIdle = server.closeIdleConnections.bind(server);
  server.closeIdleConnections = () => {
    endIdle();
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
  };
}
