/** What the schemas of the shop's and the buyers' input are made of. The limits are Antom's. */

export const text = (maxLength: number, minLength = 0) => ({ type: "string", minLength, maxLength });

export const object = (properties: Record<string, object>, ...required: string[]) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

/** One of two members is needed; where both are missing it is the first that is asked for. */
export const either = (first: string, second: string) => ({ if: { not: present(second) }, then: present(first) });

const present = (name: string) => ({ required: [name], properties: { [name]: {} } });

export const userName = object(
  { firstName: text(32), middleName: text(32), lastName: text(32), fullName: text(128) },
  "firstName",
  "lastName",
);

export const address = object(
  {
    region: { type: "string", pattern: "^[A-Z]{2}$", description: "two upper-case letters of ISO 3166" },
    state: text(8),
    city: text(32),
    address1: text(256),
    address2: text(256),
    // No page tells how long these two may be: a third line is as long as the others, a label as a name is.
    address3: text(256),
    zipCode: text(32),
    label: text(64),
  },
  "region",
);
