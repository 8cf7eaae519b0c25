const endings: (() => Promise<void>)[] = [];

/** Does what was put off to the end of the process, the last first. */
export async function end(): Promise<void> {
  for (const ending of endings.splice(0).reverse()) await ending();
}

/** Puts off what ends something that all tests of a process share. Under mocha it is a root hook, whichever file imports the kit first; `npm test` runs many files in a process and calls `end` after the last. */
export function atEnd(ending: () => Promise<void>): void {
  if (!process.env['GUANXI_TEST_WORKER'] && typeof after === 'function') after(ending);
  else endings.push(ending);
}
