/** Version of the plugin contract (semver, its own axis: not the product's version). Additive changes raise the minor. */
export const PLUGIN_API_VERSION = '1.1.0';

/** Major of the browser runtime that widget bundles are built for; served under `/runtime/v<n>/`. */
export const WIDGET_RUNTIME = 1;
