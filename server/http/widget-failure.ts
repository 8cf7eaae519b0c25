import { z } from '../plugin-api/index.js';

/** What a browser says of a widget that broke. The message is a kind of error and a place in a file: no room for what a person typed or for a stranger's advertisement. */
export const widgetFailure = {
  phase: z.enum(['version', 'import', 'contract', 'construct', 'render', 'later', 'timeout']),
  message: z.string().max(160).regex(/^(?:no default class|defines itself|tag taken|[A-Za-z]{1,40}(?: \([\w.-]{1,80}\.js:\d{1,6}:\d{1,6}\))?)$/).optional(),
};
