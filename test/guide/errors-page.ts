import { CHAPTERS, errorCodes } from './error-codes.js';
import { REMEDIES } from './remedies.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim();

/** Every code that an author can meet, by where it comes from. */
export function errorsPage(): string {
  const codes = errorCodes();
  const chapters = CHAPTERS.map(([title, text]) => {
    const rows = codes.filter(({ chapter }) => chapter === title).map(({ code, status, sentence }) => `| \`${code}\` | ${status ?? ''} | ${cell(sentence)} | ${cell(REMEDIES[code] ?? '')} |`);
    return `## ${title}\n\n${text ? `${text}\n\n` : ''}| code | HTTP | it says | what you do |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Errors\n\nMade from the sources by \`npm run api-report\`, never by hand. A code is stable and means the same in every version; its sentence names the plugin, the shop and the remedy, and
may be put better at any time. \`…\` stands for what is filled in. A route answers errors as problem documents (RFC 9457) with \`code\`, in the language of who asks.

Errors of your own: \`conflict\` (409), \`refused\` (422), \`notFound\` (404), or \`new GxError('GX_TEA_CLUB_CLOSED', 409, 'The club is closed today.')\` with the plugin's name in the code. A widget shows
the text \`error.GX_TEA_CLUB_CLOSED\` from \`locales/\`, if there is one.\n\n${chapters.join('\n')}`;
}
