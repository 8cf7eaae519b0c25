import { createHash, randomBytes } from 'node:crypto';

/** What is sealed: product, price in minor units and currency, and 256 random bits, so that nobody finds the price by trying all. */
export interface SealedPrice { readonly sku: string; readonly price: number; readonly currency: string; /** 64 hexadecimal digits. */ readonly nonce: string }

export const newNonce = (): string => randomBytes(32).toString('hex');
/** The text whose hash is published before the start; it is published itself after the close. */
export const sealText = ({ sku, price, currency, nonce }: SealedPrice): string => `guanxi-guess/1:${sku}:${price}:${currency}:${nonce}`;
/** SHA-256, lower-case hexadecimal. */
export const commitmentOf = (sealed: SealedPrice): string => createHash('sha256').update(sealText(sealed)).digest('hex');
