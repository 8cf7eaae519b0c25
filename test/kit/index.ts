/** What a plugin's tests need (`guanxi/testing`): real servers on both engines, shoppers, merchants, a browser, accessibility. */
export { axeFindings, expectAccessible, type AxeOptions } from './axe.js';
export { browser, closeBrowser, desktop, openPage, phone, pictures, type PageOptions, type TestPage } from './browser.js';
export { packageRoot } from './package-root.js';
