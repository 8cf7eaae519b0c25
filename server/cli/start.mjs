// `npm start`: builds what is stale and opens the demo shop. Plain JavaScript, because a fresh clone has nothing compiled yet.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Guanxi needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
const { build, BuildError } = await import('./build.mjs');
try {
  build((line) => console.log(line));
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exit(1);
}
const { serveDemo } = await import('../../dist/server/cli/serve.js');
await serveDemo(process.env);
