import { expect } from 'chai';
import { bootTexts } from '../../../server/http/boot-texts.js';
import { problemTitle } from '../../../server/http/problem-texts.js';
import { none } from '../../structure/none.js';
import { sources } from '../../structure/source-tree.js';

/** Codes that are no reason why a plugin did not start. */
const elsewhere = new Set(['GX_NOT_FOUND', 'GX_PLUGIN_FAILED', 'GX_PLUGIN_TIMEOUT', 'GX_PLUGIN_DISABLED', 'GX_PLUGIN_SUSPENDED']);

describe('titles of what is wrong with a plugin', () => {
  const used = new Set(sources().filter(({ path }) => /^server\/(host|packages|commerce\/segments)\//.test(path)).flatMap(({ text }) => text.match(/GX_[A-Z_]+[A-Z]/g) ?? []));

  it('exist for every code that the host can say, in both languages', () => {
    none([...used].filter((code) => !(code in bootTexts) && !elsewhere.has(code)), 'No title');
    for (const [code, [english, chinese]] of Object.entries(bootTexts)) {
      expect(chinese, code).to.match(/[\u4e00-\u9fff]/);
      expect([problemTitle(code, 500, 'en'), problemTitle(code, 500, 'zh-CN')]).to.deep.equal([english, chinese]);
    }
  });
  it('are for codes that somebody says', () => {
    none(Object.keys(bootTexts).filter((code) => !used.has(code) && !sources().some(({ path, text }) => path.startsWith('server/') && path !== 'server/http/boot-texts.ts' && text.includes(code))), 'Said by nobody');
  });
});
