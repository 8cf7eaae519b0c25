import { createHash, randomBytes } from 'node:crypto';
import { refused, z, type Shop, type StorefrontRoutes } from '../../plugin-api/index.js';
import type { RouteTable } from '../../host/route-table.js';
import { SystemStatement } from '../../data/data-store.js';
import type { CoreServices } from '../core-services.js';
import { issueStaffToken, unauthenticated } from '../shopper-token.js';

export const STAFF_TOKEN_MS = 12 * 3_600_000;
const LINK_MS = 24 * 3_600_000;
const hash = (token: string): string => createHash('sha256').update(token).digest('base64url');

const ADD = new SystemStatement('INSERT INTO sign_in_link (token_hash, shop_id, staff_name, role, expires_at) VALUES (:hash, :shop, :name, :role, :expires)');
const USE = new SystemStatement<{ shop_id: number; staff_name: string; role: string }>('UPDATE sign_in_link SET used_at = :now WHERE token_hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING shop_id, staff_name, role');

/** A link token that signs in once within a day. Tokens use system time, not the shop's clock. */
export async function createSignInToken(services: Pick<CoreServices, 'store'>, shop: Shop, name: string, role: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await services.store.system.run(ADD, { hash: hash(token), shop: shop.id, name, role, expires: Date.now() + LINK_MS });
  return token;
}

const sameToken = (given: string, wanted: string): boolean => hash(given) === hash(wanted);

/** `POST /api/admin/sign-in`: the only admin route without a bearer. */
export function sessionRoutes(table: RouteTable, services: CoreServices, defaultShop: () => Shop | undefined): void {
  const reply = z.object({ bearer: z.string() });
  const body = z.strictObject({ token: z.string().min(16).max(500) });
  const handler: Parameters<StorefrontRoutes['route']>[3] = async (_ctx, input) => {
    const { token } = body.parse(input.body);
    const key = services.secrets.key('staff-bearer');
    const fixed = services.config.adminToken;
    if (fixed && sameToken(token, fixed)) {
      const shop = defaultShop();
      if (!shop) throw refused('GX_SHOP_UNKNOWN', 'There is no shop yet.');
      return { bearer: issueStaffToken(key, { shop: shop.id, staff: 'automation', name: 'Automation', role: 'owner', exp: Date.now() + STAFF_TOKEN_MS }) };
    }
    const [link] = await services.store.system.run(USE, { hash: hash(token), now: Date.now() });
    if (!link) throw unauthenticated();
    return { bearer: issueStaffToken(key, { shop: link.shop_id, staff: link.staff_name, name: link.staff_name, role: link.role, exp: Date.now() + STAFF_TOKEN_MS }) };
  };
  table.add({ surface: 'public', owner: 'core', method: 'post', path: '/sign-in', summary: 'Exchange a sign-in token for a bearer', body, reply, status: 200, audience: 'visitor', bodyLimit: 4096, handler });
}
