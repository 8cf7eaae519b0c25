import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const small = promisify(gzip);
const smaller = promisify(brotliCompress);

/** Writes `.gz` and `.br` beside every text file of a folder that gains from it; below 600 bytes a packet is a packet. */
export async function compress(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const files = readdirSync(folder).filter((file) => /\.(js|css|json|svg)$/.test(file));
  await Promise.all(files.map(async (file) => {
    const path = join(folder, file);
    const data = readFileSync(path);
    if (data.length < 600) return;
    const [gz, br] = await Promise.all([
      small(data, { level: 9 }), smaller(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }),
    ]);
    writeFileSync(`${path}.gz`, gz);
    writeFileSync(`${path}.br`, br);
  }));
}
