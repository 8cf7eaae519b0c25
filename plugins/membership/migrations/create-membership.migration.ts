import { choice, date, flag, id, instant, integer, json, migration, money, points, text } from 'guanxi/plugin';
import { MEMBER_STATES } from '../entities/member.entity.js';
import { MOVE_CAUSES } from '../entities/move.entity.js';
import { GENDERS } from '../entities/profile.entity.js';

const P = 'plg_membership';

export const CreateMembership = migration('CreateMembership', 1764010400000, {
  async up(m) {
    await m.createTable(`${P}_plan`, { columns: { version: integer({ check: '$ >= 1' }), content: json(), startsOn: date(), savedBy: text({ max: 300 }) }, unique: [['version']] });
    await m.createTable(`${P}_member`, {
      columns: {
        personId: id(), tier: text({ max: 40 }), rank: integer({ check: '$ >= 0' }), state: choice(MEMBER_STATES), since: date({ nullable: true }), termEnd: date({ nullable: true }), graceEnd: date({ nullable: true }),
        spent: money(), orders: integer(), growth: integer(), reviewOn: date(), planVersion: integer(), base: json({ nullable: true }),
      },
      unique: [['personId']], indexes: [['tier', 'spent'], ['state', 'spent'], ['spent'], ['reviewOn'], ['planVersion']],
    });
    await m.createTable(`${P}_move`, {
      columns: { personId: id(), day: date(), fromTier: text({ max: 40 }), toTier: text({ max: 40 }), steps: integer(), cause: choice(MOVE_CAUSES) },
      unique: [['personId', 'day', 'fromTier', 'toTier']], indexes: [['day']],
    });
    await m.createTable(`${P}_purchase`, {
      bare: true, key: ['orderId'], columns: { orderId: id(), personId: id(), paidOn: date(), goods: money({ check: '$ >= 0' }), net: money({ check: '$ >= 0' }), refundedOn: date({ nullable: true }) },
      indexes: [['personId', 'paidOn'], ['paidOn']],
    });
    await m.createTable(`${P}_growth`, { columns: { personId: id(), day: date(), amount: integer(), source: text({ max: 80 }), causeRef: text({ max: 200 }) }, unique: [['personId', 'source', 'causeRef']], indexes: [['personId', 'day']] });
    await m.createTable(`${P}_profile`, {
      columns: {
        personId: id(), birthday: text({ nullable: true, max: 5 }), birthYear: integer({ nullable: true }), birthdaySetOn: date({ nullable: true }), guarded: flag({ default: 0 }),
        nickname: text({ nullable: true, max: 40 }), gender: choice(GENDERS, { nullable: true }), interests: json(), followedAt: instant({ nullable: true }),
      },
      unique: [['personId']], indexes: [['birthday']],
    });
    await m.createTable(`${P}_birthday_gift`, { columns: { personId: id(), year: integer(), day: date(), amount: points() }, unique: [['personId', 'year']], indexes: [['day']] });
    await m.createTable(`${P}_progress`, { bare: true, key: ['name'], columns: { name: text({ max: 40 }), value: text({ max: 200 }) } });
  },
  async down(m) { for (const table of ['progress', 'birthday_gift', 'profile', 'growth', 'purchase', 'move', 'member', 'plan']) await m.dropTable(`${P}_${table}`); },
});
