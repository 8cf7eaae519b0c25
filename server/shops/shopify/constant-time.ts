import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether `given` is the HMAC-SHA-256 of `message` under one of the secrets; every secret is tried, so that time tells nothing. */
export function signedByOneOf(secrets: readonly string[], message: string | Buffer, given: Buffer): boolean {
  let signed = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(message).digest();
    if (expected.length === given.length && timingSafeEqual(expected, given)) signed = true;
  }
  return signed;
}
