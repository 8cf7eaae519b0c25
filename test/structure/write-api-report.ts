import { writeFileSync } from 'node:fs';
import { generatedPages } from '../guide/generated-pages.js';
import { apiReport, REPORT } from './api-report.js';

/** `npm run api-report`: writes the report that is checked in, and the pages of the authors' guide that are made from the sources. */
writeFileSync(REPORT, apiReport());
for (const { file, text } of generatedPages()) writeFileSync(file, text);
