import { expect } from 'chai';
import fc from 'fast-check';
import { hooksOf, INSTALL_STATES, isInstalled, LIFECYCLE, moves, next, type Edge, type InstallState, type Move } from '../../../server/installs/lifecycle.js';

const verbs = Object.keys(LIFECYCLE) as Move[];
const walk = fc.array(fc.constantFrom(...verbs), { maxLength: 60 });

describe('the life cycle of an install', () => {
  it('reaches every state from nothing', () => {
    const reached = new Set<InstallState>(['available']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const state of reached) for (const move of moves(state)) reached.add(next(move, state)!);
    }
    expect([...reached].sort()).to.deep.equal([...INSTALL_STATES].sort());
  });

  it('has a way on from every state, and a way out for the merchant from every installed one', () => {
    for (const state of INSTALL_STATES) expect(moves(state).length, state).to.be.greaterThan(0);
    for (const state of INSTALL_STATES.filter(isInstalled)) expect(moves(state, 'merchant'), state).to.include('uninstall');
  });

  it('never comes to a running plugin without consent, nor to lost data without an uninstall', () => {
    fc.assert(fc.property(walk, (path) => {
      let state: InstallState = 'available';
      let agreed = false, uninstalled = false;
      for (const move of path) {
        const to = next(move, state);
        if (to === undefined) continue;
        if (move === 'install') { agreed = true; uninstalled = false; }
        if (move === 'ask') agreed = false;
        if (move === 'consent') agreed = true;
        if (move === 'resume' && state === 'needs-consent') agreed = true;
        if (move === 'uninstall') uninstalled = true;
        if (to === 'purging' || to === 'purged') expect(uninstalled, `${state} ${move}`).to.equal(true);
        if (to === 'enabled' && move !== 'resume') expect(agreed || state === 'disabled' || state === 'failed' || state === 'installing', `${state} ${move}`).to.equal(true);
        expect(INSTALL_STATES).to.include(to);
        state = to;
      }
    }), { numRuns: 500 });
  });

  it('names hooks of its own edges only, in the order in which a plugin may count on them', () => {
    fc.assert(fc.property(fc.constantFrom(...verbs), fc.constantFrom(...INSTALL_STATES), fc.boolean(), (move, from, behind) => {
      const hooks = hooksOf(move, from, behind);
      const to = next(move, from);
      if (to === undefined) { expect(hooks).to.deep.equal([]); return; }
      expect(new Set(hooks).size).to.equal(hooks.length);
      // A shop that is behind hears of the new version before anything else, and only on its way to running.
      expect(hooks[0] === 'onUpgrade').to.equal(behind && (LIFECYCLE[move] as Edge).starts === true && (to === 'enabled' || to === 'installing'));
      if (hooks.includes('onInstall')) expect(hooks.indexOf('onInstall')).to.be.lessThan(hooks.indexOf('onEnable'));
      if (hooks.includes('onDisable') && hooks.includes('onUninstall')) expect(hooks.indexOf('onDisable')).to.be.lessThan(hooks.indexOf('onUninstall'));
      expect(hooks.includes('onPurge')).to.equal(move === 'purge');
    }));
  });

  it('lets a merchant neither suspend nor purge, and the host neither install nor consent', () => {
    expect(verbs.filter((move) => LIFECYCLE[move].by === 'merchant').sort()).to.deep.equal(['consent', 'disable', 'enable', 'install', 'retry', 'uninstall']);
  });
});
