/** Keeps what breaks from stopping what comes after it: each failure is told at once, and the first is thrown when everything had its turn. */
export class Failures {
  #first: unknown;
  constructor(private readonly tell: (what: string, error: unknown) => void) {}

  async attempt(what: string, act: () => Promise<unknown>): Promise<void> {
    try { await act(); } catch (error) {
      this.#first ??= error;
      this.tell(what, error);
    }
  }

  end(): void { if (this.#first !== undefined) throw this.#first; }
}
