import { writeFileSync } from 'node:fs';
import { apiReport, REPORT } from './api-report.js';

/** `npm run api-report`: writes the report that is checked in. */
writeFileSync(REPORT, apiReport());
