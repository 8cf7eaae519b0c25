import { prefixOf } from '../../../server/privacy/plugin-tables.js';
import { createLocation } from '../../kit/databases.js';
import { finding, said, type ContractCheck } from '../contract-check.js';
import { migratedShape } from '../database-shape.js';

export const migrationsGoBothWays: ContractCheck = {
  name: 'migrations', title: 'migrates up, down and up again to the same tables, without any other plugin', stage: 'host', everyEngine: true,
  async run(lab) {
    const migrations = (await lab.definition()).migrations?.() ?? [], history = `${prefixOf(lab.id)}migrations`;
    const { location, drop } = await createLocation(lab.engine);
    try {
      const first = await migratedShape(location, history, migrations);
      const down = await migratedShape(location, history, migrations, 'down');
      if (down.tables.size) return [finding('GX_MIGRATION_LEFT', `down() leaves ${[...down.tables.keys()].join(', ')} behind. Take back in down() everything that up() makes, the last first.`)];
      const second = await migratedShape(location, history, migrations);
      return first.text === second.text ? [] : [finding('GX_MIGRATION_ROUNDTRIP', 'up(), down() and up() again lead to other tables than up() alone. Let down() take back exactly what up() makes.')];
    } catch (error) {
      return [finding('GX_MIGRATION_ALONE', `its migrations do not go up, down and up again in a database of their own: ${said(error)}. They may need nothing of the core or of another plugin.`)];
    } finally { await drop(); }
  },
};
