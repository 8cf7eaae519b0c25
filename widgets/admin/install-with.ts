import type { RawApiClient } from '../runtime/api-client.js';

/** Installs with consent to the preview as it stands now; what changed since the dialog was opened is refused by the server. */
export async function installWith(api: RawApiClient, plugin: string, granted: readonly string[]): Promise<unknown> {
  const { hash } = await api.get<{ hash: string }>(`/marketplace/${plugin}/preview`);
  return api.post(`/installs/${plugin}`, { granted, consent: hash });
}
