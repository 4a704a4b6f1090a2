/** What of a JSON schema says which members are known. */
interface Shape {
  readonly properties?: Readonly<Record<string, object>>;
  readonly items?: object;
}

/**
 * A copy of what somebody hands in, as it is now: they may fill the same object anew, or change the price in it, while something is waited for.
 * What the schema knows by its name is read once, wherever a class or a prototype has it, so that what is checked is what is used; names that it
 * does not know stay, for the check that follows to refuse. (`structuredClone` takes no Proxy, which object mappers hand out as lists and objects.)
 */
export function given(value: unknown, { properties = {}, items = {} }: Shape): unknown {
  if (Array.isArray(value)) return Array.from(value, (member: unknown) => given(member, items));
  if (!isObject(value)) return value;
  const known = Object.entries(properties)
    .map(([name, shape]) => [name, given(value[name], shape)])
    .filter(([, member]) => member !== undefined);
  const others = Object.keys(value).filter((name) => !Object.hasOwn(properties, name));
  return Object.fromEntries([...known, ...others.map((name) => [name, value[name]])]) as unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
