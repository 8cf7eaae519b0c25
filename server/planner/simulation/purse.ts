/** Amounts by the day they came, the oldest first. */
class Queue {
  readonly #days: number[] = [];
  readonly #amounts: number[] = [];
  #head = 0;

  /** The oldest day; `Infinity` when nothing is left. */
  get oldest(): number { return this.#head < this.#days.length ? this.#days[this.#head]! : Infinity; }

  add(day: number, amount: number): void {
    const last = this.#days.length - 1;
    if (last >= this.#head && this.#days[last] === day) this.#amounts[last]! += amount;
    else { this.#days.push(day); this.#amounts.push(amount); }
  }

  shift(): number { return this.#amounts[this.#head++]!; }

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

/** One member's points as lots by the day they could be spent: the oldest are spent first, and each lot expires after its days. */
export class Purse {
  readonly #lots = new Queue();
  readonly #waiting = new Queue();
  balance = 0;
  #pending = 0;

  /** `expired` is told of every lot that ran out, by the day on which it did. */
  constructor(private readonly expiryDays: number, private readonly pendingDays: number, private readonly expired: (day: number, amount: number) => void) {}

  get outstanding(): number { return this.balance + this.#pending; }

  /** Catches up with a day: what waited long enough can be spent from the day it was due, what is too old expired on its day. */
  reach(day: number): void {
    for (let ripe = this.#waiting.oldest + this.pendingDays; ripe <= day; ripe = this.#waiting.oldest + this.pendingDays) {
      const amount = this.#waiting.shift();
      this.#pending -= amount;
      this.#expire(ripe);
      this.give(ripe, amount);
    }
    this.#expire(day);
  }

  #expire(day: number): void {
    for (let due = this.#lots.oldest + this.expiryDays; due <= day; due = this.#lots.oldest + this.expiryDays) {
      const amount = this.#lots.shift();
      this.balance -= amount;
      this.expired(due, amount);
    }
  }

  give(day: number, amount: number): void { this.#lots.add(day, amount); this.balance += amount; }
  /** Points of an order; they wait for the return window. */
  promise(day: number, amount: number): void { this.#waiting.add(day, amount); this.#pending += amount; }
  /** Takes `amount`, which the balance covers, from the oldest lots. */
  take(amount: number): void { this.#lots.take(amount); this.balance -= amount; }
}
