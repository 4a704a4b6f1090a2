/** The kit's own secrets in these tests. In a file of their own: to make key pairs as well would delay every process of a shop. */
export const CARD_KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
export const SECRET = "canary-secret-that-signs-links-7f3e9b1d";
