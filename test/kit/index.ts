/** What a plugin's tests need (`guanxi/testing`): real servers on both engines, shoppers, merchants, a browser, accessibility. */
export { axeFindings, expectAccessible, type AxeOptions } from './axe.js';
export { browser, closeBrowser, desktop, openPage, phone, pictures, type PageOptions, type TestPage } from './browser.js';
export { createLocation, engines, forEachEngine, openDatabase, stopCluster, testContext, testShop, type DatabaseOptions, type Open, type OpenDatabase } from './databases.js';
export { builtPlugin } from './built-plugin.js';
export { fixturePlugin } from './fixture-plugin.js';
export { HttpClient, type Answer, type RequestOptions } from './http-client.js';
export { installPlugin } from './install-plugin.js';
export { type MountedWidget, type MountOptions } from './mount-widget.js';
export { packageRoot } from './package-root.js';
export { ServerProcess } from './server-process.js';
export { type OutsideAnswer, type OutsideCall, type StandIn } from './stand-ins.js';
export { createTestHost, TestHost, type HostRequest, type HostShopper, type TestHostOptions } from './test-host.js';
export { ADMIN_TOKEN, onEachServer, startTestServer, TestServer, type OrderLineWish, type Shopper, type TestServerOptions } from './test-server.js';
export { checkPlugin, hasBrowser } from '../contract/check-plugin.js';
export { type ContractOptions, type RouteSample } from '../contract/contract-lab.js';
export { describePluginContract } from '../contract/describe-plugin-contract.js';
