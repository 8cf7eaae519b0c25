/** Amounts by the day they came, the oldest first. */
class Queue {
  readonly #days: number[] = [];
  readonly #amounts: number[] = [];
  #head = 0;

  add(day: number, amount: number): void {
    const last = this.#days.length - 1;
    if (last >= this.#head && this.#days[last] === day) this.#amounts[last]! += amount;
    else { this.#days.push(day); this.#amounts.push(amount); }
  }

  /** Takes out everything from `day` or before. */
  until(day: number): number {
    let amount = 0;
    while (this.#head < this.#days.length && this.#days[this.#head]! <= day) amount += this.#amounts[this.#head++]!;
    return amount;
  }

  /** Takes `amount`, which is there, from the oldest. */
  take(amount: number): void {
    for (let left = amount; left > 0;) {
      const first = this.#amounts[this.#head]!;
      if (first > left) { this.#amounts[this.#head] = first - left; return; }
      left -= first;
      this.#head += 1;
    }
  }
}

/** One member's points as lots by the day they were given: the oldest are spent first, and each lot expires after its days. */
export class Purse {
  readonly #lots = new Queue();
  readonly #waiting = new Queue();
  balance = 0;
  #pending = 0;

  constructor(private readonly expiryDays: number, private readonly pendingDays: number) {}

  get outstanding(): number { return this.balance + this.#pending; }

  /** Begins a day: what is too old expires, what waited long enough can be spent. Answers how much expired. */
  begin(day: number): number {
    let expired = 0;
    if (this.balance > 0) { expired = this.#lots.until(day - this.expiryDays); this.balance -= expired; }
    if (this.#pending > 0) {
      const ripe = this.#waiting.until(day - this.pendingDays);
      if (ripe > 0) { this.#pending -= ripe; this.give(day, ripe); }
    }
    return expired;
  }

  give(day: number, amount: number): void { this.#lots.add(day, amount); this.balance += amount; }
  /** Points of an order; they wait for the return window. */
  promise(day: number, amount: number): void { this.#waiting.add(day, amount); this.#pending += amount; }
  /** Takes `amount`, which the balance covers, from the oldest lots. */
  take(amount: number): void { this.#lots.take(amount); this.balance -= amount; }
}
