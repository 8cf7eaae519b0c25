import {
  Field, ShopEntity, Table, choice, date, flag, id, instant, integer, json, migration, money, points, real, text,
} from '../../../server/plugin-api/index.js';

/** One column of every kind. */
@Table('kit_sample')
export class KitSample extends ShopEntity {
  @Field(text({ max: 40 })) title!: string;
  @Field(text({ nullable: true })) note!: string | null;
  @Field(choice(['red', 'green'])) colour!: string;
  @Field(integer()) amount!: number;
  @Field(instant({ nullable: true })) happenedAt!: number | null;
  @Field(date({ nullable: true })) businessDate!: string | null;
  @Field(points()) score!: number;
  @Field(money()) price!: number;
  @Field(flag()) active!: boolean;
  @Field(json({ nullable: true })) body!: unknown;
  @Field(real({ nullable: true })) ratio!: number | null;
  @Field(integer({ default: 7 })) withDefault!: number;
}

@Table('kit_child')
export class KitChild extends ShopEntity {
  @Field(id()) sampleId!: string;
  @Field(text({ max: 100 })) label!: string;
}

/** A row that a crowd hits. */
@Table('kit_stock')
export class KitStock extends ShopEntity {
  @Field(integer({ check: '$ >= 0' })) remaining!: number;
}

@Table('kit_taken')
export class KitTaken extends ShopEntity {
  @Field(text()) label!: string;
}

export class Unregistered extends ShopEntity {}

export const kitEntities = [KitSample, KitChild, KitStock, KitTaken];

export const kitMigrations = [
  migration('CreateKitSample', 1763800099001, {
    up: async (m) => {
      await m.createTable('kit_sample', {
        columns: {
          title: text({ max: 40 }), note: text({ nullable: true }), colour: choice(['red', 'green']), amount: integer(), happenedAt: instant({ nullable: true }),
          businessDate: date({ nullable: true }), score: points(), price: money(), active: flag(), body: json({ nullable: true }), ratio: real({ nullable: true }),
          withDefault: integer({ default: 7 }),
        },
        unique: [['title']], indexes: [['colour', 'amount']],
      });
      await m.createTable('kit_child', { columns: { sampleId: id(), label: text({ max: 100 }) }, references: { sampleId: 'kit_sample' } });
    },
    down: async (m) => { await m.dropTable('kit_child'); await m.dropTable('kit_sample'); },
  }),
  migration('CreateKitStock', 1763800099002, {
    up: async (m) => {
      await m.createTable('kit_stock', { columns: { remaining: integer({ check: '$ >= 0' }) } });
      await m.createTable('kit_taken', { columns: { label: text() }, unique: [['label']] });
    },
    down: async (m) => { await m.dropTable('kit_taken'); await m.dropTable('kit_stock'); },
  }),
];
