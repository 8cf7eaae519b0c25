import { defineConfig } from 'vite';
import { runtimeConfig } from './widgets/build/browser-config.js';

/** The browser runtime alone, for `npx vite build`. `npm run build:browser` builds everything: see widgets/build. */
export default defineConfig(() => runtimeConfig('dist/browser-runtime'));
