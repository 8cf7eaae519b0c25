import { z } from '../../server/plugin-api/index.js';

/** Values to try first, by the property's name; e.g. ids that exist. */
export type Hints = (name: string) => readonly unknown[];
interface Shape {
  readonly type?: string; readonly const?: unknown; readonly enum?: readonly unknown[]; readonly format?: string; readonly $ref?: string;
  readonly anyOf?: readonly Shape[]; readonly oneOf?: readonly Shape[]; readonly allOf?: readonly Shape[]; readonly $defs?: Readonly<Record<string, Shape>>;
  readonly properties?: Readonly<Record<string, Shape>>; readonly required?: readonly string[];
  readonly items?: Shape | false; readonly prefixItems?: readonly Shape[]; readonly minItems?: number;
  readonly minLength?: number; readonly maxLength?: number; readonly minimum?: number; readonly maximum?: number; readonly exclusiveMinimum?: number; readonly multipleOf?: number;
}

const FORMATS: Readonly<Record<string, string>> = { date: '2026-01-02', 'date-time': '2026-01-02T03:04:05Z', email: 'sample@example.test', uri: 'https://example.test/', uuid: '0190163d-8694-739b-aea5-966c26f8ad90', time: '12:30:00' };
/** What rules of their own often want. */
const WORDS = ['sample', 'A', '1', '12', 'sample-1', 'SAMPLE', '2026-01-02', '2026-01-02T03:04:05Z', '12:30', '#336699', 'sample@example.test', 'https://example.test/', '+8613800000000', 'CNY', 'en', 'Asia/Shanghai', '0190163d-8694-739b-aea5-966c26f8ad90', 'sample.png'];
const TRIES: readonly unknown[] = [...WORDS, 1, 0, 2, 5, 10, 100, 1000, true, false, null, [], {}];

class Sampler {
  constructor(private readonly root: Shape, private readonly hints: Hints, private readonly optional: boolean) {}

  of(shape: Shape, name: string): unknown {
    if (shape.$ref) return this.of(this.root.$defs?.[shape.$ref.split('/').at(-1)!] ?? {}, name);
    if ('const' in shape) return shape.const;
    if (shape.enum) return shape.enum[0];
    const choices = shape.anyOf ?? shape.oneOf;
    if (choices) return this.of(choices.find((each) => each.type !== 'null') ?? choices[0]!, name);
    if (shape.allOf) return this.of(Object.assign({}, ...shape.allOf) as Shape, name);
    switch (shape.type) {
      case 'object': return Object.fromEntries(Object.entries(shape.properties ?? {}).filter(([key]) => this.optional || shape.required?.includes(key)).map(([key, inner]) => [key, this.of(inner, key)]));
      case 'array': return shape.prefixItems ? shape.prefixItems.map((each) => this.of(each, name)) : Array.from({ length: Math.max(1, shape.minItems ?? 1) }, () => this.of(shape.items || {}, name));
      case 'boolean': return true;
      case 'null': return null;
      case 'integer': case 'number': return this.#number(shape);
      default: return this.#text(shape, name);
    }
  }

  #number({ minimum, exclusiveMinimum, maximum, multipleOf }: Shape): number {
    const low = Math.max(minimum ?? -Infinity, exclusiveMinimum === undefined ? -Infinity : exclusiveMinimum + 1);
    const wanted = Math.min(Math.max(1, low), maximum ?? Infinity);
    return multipleOf ? Math.ceil(wanted / multipleOf) * multipleOf : wanted;
  }
  #text({ format, minLength = 0, maxLength = Infinity }: Shape, name: string): unknown {
    const [known] = this.hints(name);
    if (known !== undefined) return known;
    return (format && FORMATS[format]) || 'sample'.padEnd(minLength, 'x').slice(0, maxLength);
  }
}

function put(root: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  if (!path.length) return value;
  const copy = structuredClone(root);
  let at = copy as Record<PropertyKey, unknown>;
  for (const key of path.slice(0, -1)) {
    if (typeof at[key] !== 'object' || at[key] === null) return copy;
    at = at[key] as Record<PropertyKey, unknown>;
  }
  at[path.at(-1)!] = value;
  return copy;
}

/** Mends a value issue by issue: what the schema's shape does not tell, e.g. a pattern, is found by trying. */
function mended(schema: z.ZodType, first: unknown): { readonly value: unknown } | undefined {
  let value = first;
  for (let round = 0; round < 12; round++) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return { value };
    const [issue] = parsed.error.issues;
    const place = JSON.stringify(issue!.path);
    const better = TRIES.map((each) => put(value, issue!.path, each)).find((tried) => {
      const again = schema.safeParse(tried);
      return again.success || !again.error.issues.some(({ path }) => JSON.stringify(path) === place);
    });
    if (better === undefined) return undefined;
    value = better;
  }
  return undefined;
}

/** Inputs that a schema admits: with everything that is optional, and without. Empty when none could be made up. */
export function samplesOf(schema: z.ZodType, hints: Hints = () => []): readonly { readonly value: unknown }[] {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return [true, false].flatMap((optional) => mended(schema, new Sampler(shape, hints, optional).of(shape, '')) ?? []);
}
