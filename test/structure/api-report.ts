import { join } from 'node:path';
import { declarationsOf } from './declarations.js';
import { root } from './source-tree.js';

/** What authors of plugins import. */
const DOORS = { 'guanxi/plugin': 'server/plugin-api', 'guanxi/widgets': 'widgets/runtime', 'guanxi/kit': 'widgets/kit' } as const;
export const REPORT = join(root, 'server/plugin-api/api-report.md');

/** The contract as text: one diff shows every change of it. */
export function apiReport(): string {
  const parts = Object.entries(DOORS).map(([name, folder]) => {
    const blocks = [...declarationsOf(folder)].map(([path, declarations]) => `### ${path}\n\n\`\`\`ts\n${[...declarations.values()].map(({ text }) => text).join('\n')}\n\`\`\`\n`);
    return `## ${name}\n\n${blocks.join('\n')}`;
  });
  return `# What plugins may rely on\n\nMade from the compiled declarations by \`npm run api-report\`, never by hand. A change here is a change of the contract: additions raise the minor of
\`PLUGIN_API_VERSION\`, anything else its major.\n\n${parts.join('\n')}`;
}
