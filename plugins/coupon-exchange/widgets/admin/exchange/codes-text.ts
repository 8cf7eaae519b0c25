/** The codes of a pasted list or a CSV file: the first cell of each line, once each. A heading `code`, in any language of the admin, is left out. */
export function codesOf(text: string): string[] {
  const cells = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/).map((line) => {
    const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
    return (quoted ? quoted[1]!.replaceAll('""', '"') : line.split(/[,;\t]/, 1)[0]!).trim();
  }).filter(Boolean);
  return [...new Set(/^(codes?|券码|兑换码|卡密)$/i.test(cells[0] ?? '') ? cells.slice(1) : cells)];
}
