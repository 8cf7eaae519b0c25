import { LOCALES } from '../../../server/plugin-api/index.js';
import type { Finding } from '../../../server/packages/finding.js';
import { finding, remark, type ContractCheck } from '../contract-check.js';
import type { ContractLab } from '../contract-lab.js';

type Texts = Readonly<Record<string, string>>;
const placeholders = (text: string): string => [...new Set([...text.matchAll(/\{\s*(\w+)/g)].map((match) => match[1]!))].sort().join();

function* compared(what: string, locale: string, texts: Texts, other: Texts): Generator<Finding> {
  for (const [key, text] of Object.entries(texts)) {
    const there = other[key];
    if (there === undefined) yield finding('GX_TEXT_MISSING', `${what} has the text "${key}" in ${LOCALES[0]} or ${LOCALES[1]}, and not in ${locale}. Write it in both.`);
    else if (!there.trim()) yield finding('GX_TEXT_MISSING', `${what} has an empty text "${key}" in ${locale}. Write it.`);
    else if (placeholders(text) !== placeholders(there)) yield finding('GX_TEXT_PLACEHOLDERS', `${what}: the text "${key}" has other placeholders in ${locale} (${placeholders(there) || 'none'} instead of ${placeholders(text) || 'none'}). Use the same ones.`);
  }
}

/** Keys that the built widgets of a surface ask for by name. */
function asked(lab: ContractLab, modules: readonly string[]): readonly string[] {
  return modules.flatMap((module) => [...(lab.read(`widgets/${module}`) ?? '').matchAll(/\bthis\.t\(\s*["'`]([\w.-]+)["'`]/g)].map((match) => match[1]!));
}

export const textsAreWhole: ContractCheck = {
  name: 'texts', title: 'has every text in both languages, with the same placeholders', stage: 'files',
  run(lab) {
    const findings: Finding[] = [];
    for (const surface of ['admin', 'storefront'] as const) {
      const declared = lab.manifest.widgets.filter((widget) => widget.surface === surface);
      if (!declared.length) continue;
      const [en, zh] = LOCALES.map((locale) => JSON.parse(lab.read(`widgets/locales/${surface}.${locale}.json`) ?? '{}') as Texts);
      findings.push(...compared(`the ${surface}`, 'zh-CN', en!, zh!), ...compared(`the ${surface}`, 'en', zh!, en!));
      for (const key of asked(lab, declared.map(({ module }) => module))) {
        if (!(key in en!)) findings.push(finding('GX_TEXT_MISSING', `a widget of the ${surface} asks for the text "${key}", which is in none of its languages. Write it in locales/.`));
      }
    }
    for (const { entity, fields, titles = {} } of lab.manifest.personalData ?? []) {
      const bare = fields.filter((name) => !(name in titles));
      if (bare.length) findings.push(remark('GX_TEXT_MISSING', `its manifest has no title for ${bare.map((name) => `"${name}"`).join(', ')} of "${entity}", so the merchant is asked to agree to the names of columns. Name them in titles, in both languages.`));
    }
    return Promise.resolve(findings);
  },
};
