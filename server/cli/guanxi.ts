#!/usr/bin/env node
import { runCommand } from './program.js';

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => { console.log(line); },
  err: (line) => { console.error(line); },
});
