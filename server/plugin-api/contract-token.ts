/**
 * Names a service that one plugin offers to others. The providing plugin exports it from a module of types only; the string is what
 * the host compares, the type is what the compiler does.
 */
export interface ContractToken<T> {
  /** `<plugin id>.<noun>`, e.g. `coupon-exchange.catalogue`. */
  readonly name: string;
  /** Never set; carries the type. */
  readonly service?: T;
}

/** Declares a contract: `export const catalogue = contractToken<Catalogue>('coupon-exchange.catalogue')`. */
export const contractToken = <T>(name: string): ContractToken<T> => ({ name });
