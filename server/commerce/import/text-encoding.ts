/** Names that `TextDecoder` knows. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';

const REPLACEMENT = '\uFFFD';
const decodes = (encoding: Encoding, bytes: Uint8Array): boolean => {
  try { new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true }); return true; } catch { return false; }
};
const occurrences = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * The encoding of a file by its first bytes: a byte order mark, else UTF-8 if most of what is not ASCII reads as UTF-8 (single broken
 * bytes are the file's fault, not another encoding), else GB18030 if it reads as Chinese, else Windows-1252.
 */
export function detectEncoding(sample: Uint8Array): Encoding {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const text = new TextDecoder('utf-8').decode(sample, { stream: true });
  const broken = occurrences(text, /\uFFFD/g);
  if (broken === 0 || broken < 0.5 * occurrences(text, /[^\0-\x7f]/g)) return 'utf-8';
  if (decodes('gb18030', sample) && /[\u4e00-\u9fff]/.test(new TextDecoder('gb18030').decode(sample, { stream: true }))) return 'gb18030';
  return 'windows-1252';
}

/** Whether a cell holds bytes that could not be decoded. */
export const isBroken = (cell: string): boolean => cell.includes(REPLACEMENT);
