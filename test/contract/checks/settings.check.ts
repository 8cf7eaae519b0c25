import { settingsDefaults, settingsSchema } from '../../../server/plugin-api/index.js';
import { finding, said, type ContractCheck } from '../contract-check.js';

export const settingsHold: ContractCheck = {
  name: 'settings', title: 'has settings whose defaults are valid', stage: 'code',
  run(lab) {
    const fields = lab.manifest.settings ?? {};
    let schema: ReturnType<typeof settingsSchema>;
    try { schema = settingsSchema(fields); }
    catch (error) { return Promise.resolve([finding('GX_SETTINGS_FIELDS', `the settings in the manifest cannot be read: ${said(error)}. Declare them with the field builders of "guanxi/plugin".`)]); }
    const parsed = schema.safeParse(settingsDefaults(fields));
    return Promise.resolve(parsed.success ? [] : parsed.error.issues.map((issue) => finding('GX_SETTINGS_DEFAULTS', `the default of the setting "${issue.path.join('.')}" is not valid: ${issue.message}. A shop begins with it.`)));
  },
};
