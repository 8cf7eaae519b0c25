import type { CustomerSnapshot } from '../../commerce/snapshots.js';
import type { Fields } from './payload-fields.js';

/**
 * A customer as webhooks describe it; undefined when the payload names none (guest orders, redacted data).
 * Names and addresses may be missing: Shopify leaves out what the app has no approval for, and what is missing must not erase what is known.
 */
export function customerSnapshot(payload: Fields | undefined, fallbackUpdatedAt: number, locale?: string): CustomerSnapshot | undefined {
  const externalId = payload?.gid('Customer');
  if (!payload || !externalId) return undefined;
  const email = payload.text('email');
  const phone = payload.text('phone') ?? payload.object('default_address')?.text('phone');
  const name = [payload.text('first_name'), payload.text('last_name')].filter((part) => part !== undefined).join(' ');
  const createdAt = payload.instant('created_at');
  return {
    externalId, updatedAt: payload.instant('updated_at') ?? fallbackUpdatedAt,
    ...(email === undefined ? {} : { email: email.toLowerCase() }), ...(name === '' ? {} : { name }), ...(phone === undefined ? {} : { phone }),
    ...(locale === undefined ? {} : { locale }), ...(createdAt === undefined ? {} : { createdAt }),
  };
}
