import { likeAnywhere, statement, type PageRequest, type Params, type Statement } from '../plugin-api/index.js';
import { positionOf } from './list-page.js';

export interface CustomerFilter {
  readonly search?: string | undefined;
  readonly kind?: 'guest' | 'member' | undefined;
  readonly sort?: keyof typeof SORTS | undefined;
  /** `desc` if not given. */
  readonly direction?: 'asc' | 'desc' | undefined;
  readonly personId?: string | undefined;
}
export interface CustomerListRow {
  readonly id: string; readonly kind: 'guest' | 'member'; readonly name: string | null; readonly email: string | null; readonly locale: string | null; readonly created_at: number;
  readonly order_count: number; readonly spent_total: number; readonly last_order_at: number | null; readonly points: number; readonly sorted: number | string;
}

const SORTS = {
  created: { by: 'p.created_at', type: 'BIGINT' }, orders: { by: 'p.order_count', type: 'BIGINT' }, spent: { by: 'p.spent_total', type: 'BIGINT' },
  lastOrder: { by: 'COALESCE(p.last_order_at, 0)', type: 'BIGINT' }, points: { by: 'COALESCE(a.available, 0)', type: 'BIGINT' }, name: { by: "LOWER(COALESCE(p.name, ''))", type: 'TEXT' },
} as const;
const SEARCH = `(LOWER(COALESCE(p.name, '')) LIKE :search ESCAPE '!' OR LOWER(COALESCE(p.email, '')) LIKE :search ESCAPE '!'
  OR EXISTS (SELECT 1 FROM identity i WHERE i.shop_id = p.shop_id AND i.person_id = p.id AND i.external_id = :exact))`;

const made = new Map<string, Statement<CustomerListRow>>();

/** The statement of one page of the list. Sorting by a stored column and by id, so that a page costs the same wherever it is. */
export function customerList(filter: CustomerFilter, page: PageRequest): { readonly order: string; readonly statement: Statement<CustomerListRow>; readonly params: Params } {
  const sort = filter.sort ?? 'created';
  const direction = filter.direction === 'asc' ? 'asc' : 'desc';
  const order = `customers.${sort}.${direction}`;
  const search = filter.search?.trim() ?? '';
  const { by, type } = SORTS[sort];
  const from = positionOf(order, page, type === 'TEXT' ? 'string' : 'number');
  const key = [sort, direction, from !== undefined, search !== '', filter.kind !== undefined, filter.personId !== undefined].join();
  const than = direction === 'asc' ? '>' : '<';
  let text = made.get(key);
  if (!text) {
    const where = ['p.shop_id = :shop', 'p.merged_into IS NULL', 'p.erased_at IS NULL', ...(search === '' ? [] : [SEARCH]), ...(filter.kind === undefined ? [] : ['p.kind = :kind']),
      ...(filter.personId === undefined ? [] : ['p.id = :person']), ...(from === undefined ? [] : [`(${by} ${than} CAST(:after AS ${type}) OR (${by} = CAST(:after AS ${type}) AND p.id ${than} :afterId))`])];
    text = statement<CustomerListRow>(`SELECT p.id, p.kind, p.name, p.email, p.locale, p.created_at, p.order_count, p.spent_total, p.last_order_at, COALESCE(a.available, 0) AS points, ${by} AS sorted
      FROM person p LEFT JOIN person_account a ON a.shop_id = p.shop_id AND a.person_id = p.id WHERE ${where.join(' AND ')} ORDER BY ${by} ${direction}, p.id ${direction} LIMIT :limit`);
    made.set(key, text);
  }
  const params: Record<string, string | number | null> = {};
  if (search !== '') { params['search'] = likeAnywhere(search); params['exact'] = search; }
  if (filter.kind !== undefined) params['kind'] = filter.kind;
  if (filter.personId !== undefined) params['person'] = filter.personId;
  if (from !== undefined) { params['after'] = from.at; params['afterId'] = from.id; }
  return { order, statement: text, params };
}
