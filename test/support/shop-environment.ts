const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};

export const PORT = Number(given("SHOP_PORT"));
export const CLIENT = given("SHOP_CLIENT");
export const PRIVATE_KEY = given("SHOP_PRIVATE_KEY");
export const ANTOM_PUBLIC_KEY = given("SHOP_ANTOM_PUBLIC_KEY");
export const GATEWAY = given("SHOP_GATEWAY");
export const DATABASE = given("SHOP_DATABASE");
export const HOOK_LOG = given("SHOP_HOOK_LOG");
export const HOOK_URL = given("SHOP_HOOK_URL");
/** How far ahead of the real time the shop's clock is, in milliseconds. */
export const LATER = Number(given("SHOP_LATER"));
