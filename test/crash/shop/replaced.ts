/** The object with some of its functions replaced; the others are called on itself. */
export const replaced = <T extends object>(target: T, functions: Partial<T>): T =>
  new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(Object.hasOwn(functions, name) ? functions : object, name);
      return typeof member === "function"
        ? (...args: unknown[]): unknown => Reflect.apply(member, object, args)
        : member;
    },
  });
