import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * One load with its states: pending, failed, there. The value of an earlier load stays while a newer one is on its way.
 * ```ts
 * #home = new Load(this, () => this.api.get<Home>('/home'));
 * render() { return this.#home.show((home) => html`…`, html`<gx-skeleton shape="page"></gx-skeleton>`) }
 * ```
 */
export class Load<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  loading = false;
  #run = 0;
  #settled: Promise<void>;
  #settle: () => void = () => undefined;

  constructor(private readonly host: ReactiveControllerHost, private readonly fetchValue: () => Promise<T>, private readonly auto = true) {
    this.#settled = new Promise((resolve) => { this.#settle = resolve; });
    host.addController(this);
  }

  hostConnected(): void { if (this.auto && this.value === undefined && !this.loading) void this.reload(); }

  /** Resolves when the first load has ended, well or not. */
  get settled(): Promise<void> { return this.#settled; }

  /** Loads again. */
  async reload(): Promise<void> {
    const run = ++this.#run;
    this.loading = true; this.error = undefined;
    this.host.requestUpdate();
    try {
      const value = await this.fetchValue();
      if (run !== this.#run) return;
      this.value = value;
    } catch (error) {
      if (run !== this.#run) return;
      this.error = error;
    }
    this.loading = false;
    this.#settle();
    this.host.requestUpdate();
  }

  /** Sets the value that a change answered, without loading again. */
  set(value: T): void { this.#run += 1; this.value = value; this.error = undefined; this.loading = false; this.host.requestUpdate(); }
}
