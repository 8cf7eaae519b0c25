/** One member's points as lots by the day they were given: the oldest are spent first, and each lot expires after its days. */
export class Purse {
  readonly #lots: Float64Array;
  readonly #waiting: Float64Array;
  #oldest = 0;
  #balance = 0;
  #pending = 0;

  constructor(private readonly days: number, private readonly expiryDays: number, private readonly pendingDays: number) {
    this.#lots = new Float64Array(days + 1);
    this.#waiting = new Float64Array(days + 1);
  }

  get balance(): number { return this.#balance; }
  get outstanding(): number { return this.#balance + this.#pending; }

  clear(): void { this.#lots.fill(0); this.#waiting.fill(0); this.#oldest = 0; this.#balance = 0; this.#pending = 0; }

  /** Begins a day: what waited long enough can be spent, what is too old expires. Answers how much expired. */
  begin(day: number): number {
    const ripe = day - this.pendingDays;
    if (ripe >= 0) {
      const amount = this.#waiting[ripe]!;
      if (amount > 0) { this.#waiting[ripe] = 0; this.#pending -= amount; this.give(day, amount); }
    }
    const dead = day - this.expiryDays;
    if (dead < 0) return 0;
    const amount = this.#lots[dead]!;
    this.#lots[dead] = 0;
    this.#balance -= amount;
    return amount;
  }

  give(day: number, amount: number): void { this.#lots[day] = this.#lots[day]! + amount; this.#balance += amount; if (day < this.#oldest) this.#oldest = day; }
  /** Points of an order; they wait for the return window. */
  promise(day: number, amount: number): void { this.#waiting[day] = this.#waiting[day]! + amount; this.#pending += amount; }

  /** Takes `amount`, which the balance covers, from the oldest lots. */
  take(amount: number): void {
    this.#balance -= amount;
    for (let left = amount; left > 0 && this.#oldest <= this.days; this.#oldest++) {
      const lot = this.#lots[this.#oldest]!;
      if (lot > left) { this.#lots[this.#oldest] = lot - left; return; }
      left -= lot;
      this.#lots[this.#oldest] = 0;
    }
  }
}
