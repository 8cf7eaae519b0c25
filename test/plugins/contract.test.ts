import { bundledPlugins } from '../../plugins/index.js';
import { describePluginContract } from '../contract/describe-plugin-contract.js';

for (const plugin of bundledPlugins) describePluginContract({ ...plugin, onBootFailure: 'continue' });
