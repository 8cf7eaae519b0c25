import { expect } from 'chai';
import fc from 'fast-check';
import { linePoints, reversedPoints } from '../../../server/economy/line-points.js';

describe('points of order lines', () => {
  it('gives what rounding leaves over to the largest remainders', () => {
    expect(linePoints([199, 150, 151], 100)).to.deep.equal([2, 1, 2]);
    expect(linePoints([50, 50], 100)).to.deep.equal([1, 0]);
    expect(linePoints([], 100)).to.deep.equal([]);
  });

  it('always sums to the points of the whole order, each line within one of its own', () => {
    fc.assert(fc.property(fc.array(fc.nat(10_000_000), { maxLength: 12 }), fc.constantFrom(1, 100, 1000), (paid, unit) => {
      const points = linePoints(paid, unit);
      expect(points.reduce((a, b) => a + b, 0)).to.equal(Math.floor(paid.reduce((a, b) => a + b, 0) / unit));
      points.forEach((share, n) => expect(share - Math.floor(paid[n]! / unit)).to.be.within(0, 1));
    }));
  });

  it('E5: thirds of 100 points come back as 33, 34 and 33', () => {
    const gone = [3333, 6667, 10_000].map((refunded) => reversedPoints(100, refunded, 10_000));
    expect(gone).to.deep.equal([33, 67, 100]);
  });

  it('rounds halves up, never takes more than there was, and all at the end', () => {
    expect(reversedPoints(1, 50, 100)).to.equal(1);
    expect(reversedPoints(1, 49, 100)).to.equal(0);
    expect(reversedPoints(7, 999, 100)).to.equal(7);
    expect(reversedPoints(7, 0, 0)).to.equal(7);
    fc.assert(fc.property(fc.nat(1_000_000), fc.nat(), fc.nat(), fc.integer({ min: 1 }), (points, a, b, paid) => {
      expect(reversedPoints(points, Math.min(a, b), paid)).to.be.at.most(reversedPoints(points, Math.max(a, b), paid)).and.at.least(0);
    }));
  });
});
