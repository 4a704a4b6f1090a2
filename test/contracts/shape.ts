/** What a JSON member may be: a JSON schema of one value, or the members of an object, or a list of such. */
export type Kind =
  | { readonly schema: Readonly<Record<string, unknown>> }
  | { readonly members: Shape }
  | { readonly list: Kind; readonly most: number };

/** A member of a request, by Antom's own sources. */
export interface Member {
  readonly is: Kind;
  readonly required?: true;
  /** Where the name, the type or the limit was seen. Never empty. */
  readonly seen: readonly string[];
}

/** The members of an object; no other is allowed in it. */
export type Shape = Readonly<Record<string, Member>>;

export const text = (most: number, least = 1): Kind => ({
  schema: { type: "string", minLength: least, maxLength: most },
});
export const like = (pattern: string): Kind => ({ schema: { type: "string", pattern } });
export const oneOf = (...values: readonly unknown[]): Kind => ({ schema: { enum: values } });
export const flag: Kind = { schema: { type: "boolean" } };
export const whole = (least: number, most: number): Kind => ({
  schema: { type: "integer", minimum: least, maximum: most },
});
export const members = (shape: Shape): Kind => ({ members: shape });
export const list = (item: Kind, most: number): Kind => ({ list: item, most });

/** The JSON schema of a shape, in which whatever is not named is wrong. */
export function schemaOf(shape: Shape): Record<string, unknown> {
  const entries = Object.entries(shape);
  return {
    type: "object",
    additionalProperties: false,
    minProperties: 1,
    required: entries.filter(([, { required }]) => required === true).map(([name]) => name),
    properties: Object.fromEntries(entries.map(([name, { is }]) => [name, schemaOfKind(is)])),
  };
}

function schemaOfKind(kind: Kind): Record<string, unknown> {
  if ("schema" in kind) return { ...kind.schema };
  if ("members" in kind) return schemaOf(kind.members);
  return { type: "array", minItems: 1, maxItems: kind.most, items: schemaOfKind(kind.list) };
}

/** Every member of a shape and of the shapes inside it, by its path. */
export function* membersOf(shape: Shape, path = ""): Generator<{ readonly path: string; readonly member: Member }> {
  for (const [name, member] of Object.entries(shape)) {
    yield { path: `${path}/${name}`, member };
    const inner = "list" in member.is ? member.is.list : member.is;
    if ("members" in inner) yield* membersOf(inner.members, `${path}/${name}`);
  }
}
