import { columnsOf, tableOf } from '../../../server/plugin-api/entity-columns.js';
import type { Finding } from '../../../server/packages/finding.js';
import { newId } from '../../../server/plugin-api/index.js';
import { finding, remark, type ContractCheck } from '../contract-check.js';
import { callRoute, inputFor, routesOf } from '../route-call.js';
import { rowsOf, tablesOf } from '../shop-rows.js';

/** Columns that are a person's by their name. */
const PERSONAL = /(^|_)(person|customer|shopper|member|user|e?mail|phone|address|full_name)(_id)?$/;

export const erasureIsWhole: ContractCheck = {
  name: 'erasure', title: 'hands over and forgets everything it knows of a person', stage: 'host', everyEngine: true,
  async run(lab) {
    const host = await lab.host(), [shop] = await lab.shops(), unit = host.unit(lab.id), findings: Finding[] = [];
    const declared = unit.manifest?.personalData ?? [];
    for (const entity of unit.definition?.entities?.() ?? []) {
      const table = tableOf(entity) ?? '', known = declared.find((each) => each.entity === table);
      for (const [column, { kind }] of columnsOf(entity)) {
        if ((kind === 'id' || kind === 'text') && PERSONAL.test(column) && column !== known?.subject && !known?.fields.includes(column)) findings.push(finding('GX_PERSONAL_UNDECLARED', `the column "${column}" of "${table}" is a person's by its name and is not in the manifest's personalData, so it is neither handed over nor erased. Declare it.`));
      }
    }
    // Somebody uses whatever shoppers can use, and then wants to be forgotten.
    const [person] = shop.people;
    for (const record of await routesOf(lab)) {
      if (record.surface !== 'storefront' || record.method === 'get' || record.method === 'delete') continue;
      const input = inputFor(lab, record, shop, newId());
      if (input) await callRoute(lab, record, shop, input, person!.client);
    }
    const { missing, data } = await host.exportCustomer(person!.personId, shop.key);
    if (missing[lab.id] !== undefined) findings.push(finding('GX_PERSONAL_FAILED', `what it knows of a person cannot be read: ${missing[lab.id]!}.`));
    const traces = [person!.personId, person!.email];
    const held: string[] = [], drawn = new Set((unit.definition?.entities?.() ?? []).map((entity) => tableOf(entity)));
    for (const table of await tablesOf(host, lab.id)) {
      const rows = (await rowsOf(host, shop.ctx, table)).filter((row) => traces.some((trace) => JSON.stringify(row).includes(trace)));
      if (!rows.length) continue;
      if (!drawn.has(table) && !declared.some(({ entity }) => entity === table) && rows.every((row) => Object.values(row).every((value) => typeof value === 'number' || value === null || /^[\d-]{10}$|^[\w-]{36}$/.test(String(value))))) {
        findings.push(remark('GX_PERSONAL_COUNTER', `"${table}" counts under a person's bare id, which is neither handed over nor erased. Declare it in the manifest's personalData, unless its numbering has to go on.`));
        continue;
      }
      held.push(table);
      if (!data[lab.id]?.[table]?.length) findings.push(finding('GX_EXPORT_PART', `"${table}" holds rows of a person which their export does not have. Declare the table in the manifest's personalData.`));
    }
    const { failed } = await host.eraseCustomer(person!.personId, shop.key);
    if (failed[lab.id] !== undefined) findings.push(finding('GX_PERSONAL_FAILED', `a person's data cannot be erased: ${failed[lab.id]!}.`));
    for (const table of held) {
      // Who is anonymised and not named among the fields keeps the bare id on purpose, as the ledger does.
      const bare = declared.find(({ entity, onErase, subject, fields }) => entity === table && onErase === 'anonymise' && !fields.includes(subject))?.subject;
      const left = (await rowsOf(host, shop.ctx, table)).filter((row) => traces.some((trace) => JSON.stringify(Object.entries(row).filter(([name]) => name !== bare)).includes(trace)));
      if (left.length) findings.push(finding('GX_ERASURE_LEFT', `"${table}" still names a person after they were erased. Declare the column in the manifest's personalData, or clear it when "customer.erased" comes.`));
    }
    return findings;
  },
};
