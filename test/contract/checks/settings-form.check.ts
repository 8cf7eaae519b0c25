import { axeFindings } from '../../kit/axe.js';
import { openPage } from '../../kit/browser.js';
import { isSettingShown, settingsDefaults } from '../../../server/plugin-api/index.js';
import { finding, said, type ContractCheck } from '../contract-check.js';

export const settingsFormRenders: ContractCheck = {
  name: 'settings-form', title: 'has settings that the merchant\'s form can show, accessibly', stage: 'browser',
  async run(lab) {
    const fields = lab.manifest.settings;
    if (!fields || !Object.keys(fields).length) return [];
    const host = await lab.host();
    await using tab = await openPage({ strict: false });
    await tab.page.goto(`${host.url}/admin`);
    await tab.page.locator('gx-sign-in').waitFor();
    const broken = (why: string): ReturnType<typeof finding> => finding('GX_SETTINGS_FORM', `the settings form cannot be shown: ${why}. Declare the settings with the field builders of "guanxi/plugin".`);
    try {
      const nameless = await tab.page.evaluate(async ([declared, values]) => {
        // The bare name is in the page's import map.
        const name = 'guanxi/kit';
        await import(name);
        const form = document.createElement('gx-schema-form') as HTMLElement & { updateComplete: Promise<unknown> };
        Object.assign(form, { fields: declared, values, save: () => Promise.resolve() });
        const main = document.createElement('main');
        main.append(Object.assign(document.createElement('h1'), { textContent: 'Settings' }), form);
        document.title = 'Settings';
        document.body.replaceChildren(main);
        await form.updateComplete;
        return [...form.shadowRoot!.querySelectorAll('wa-option')].filter(({ textContent }) => !textContent?.trim()).map((option) => option.getAttribute('value') ?? '');
      }, [fields, settingsDefaults(fields)] as const);
      if (nameless.length) return [broken(`the choice "${nameless[0]!}" has no text`)];
      const values = settingsDefaults(fields);
      for (const [name, { label }] of Object.entries(fields)) if (isSettingShown(fields, values, name)) await tab.page.getByText(label.en).first().waitFor({ timeout: 5_000 });
    } catch (error) { return [broken(said(error))]; }
    const uncaught = tab.problems.filter((problem) => problem.startsWith('uncaught'));
    if (uncaught.length) return [broken(uncaught[0]!.split('\n')[0]!)];
    return (await axeFindings(tab.page)).map((text) => broken(`it is not accessible: ${text.replaceAll(/\s*\n\s*/g, ' ').slice(0, 300)}`));
  },
};
