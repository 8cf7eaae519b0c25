let loading: Promise<unknown> | undefined;

/**
 * Loads the overlay components (`wa-dialog`, `wa-drawer`, `wa-dropdown` with items, `wa-tooltip`, `wa-popover`, tabs, radios, details).
 * They are not part of the first load; `gx-dialog` and `gx-menu` call this by themselves.
 */
export function loadOverlays(): Promise<unknown> {
  loading ??= import('./overlay-components.js');
  return loading;
}
