import { createServer } from 'node:net';

/** Answers `host:port is free`; rejects with the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL) when it is not. */
export const portIsFree = (host: string, port: number): Promise<string> => new Promise((resolve, reject) => {
  const probe = createServer().once('error', reject).listen(port, host, () => { probe.close(() => { resolve(`${host}:${port} is free`); }); });
});
