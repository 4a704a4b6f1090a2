/** Whether the digits are as many as a card number may have and carry a right check digit (ISO/IEC 7812-1), which UnionPay's need not. */
export function isCardNumber(text: string): boolean {
  if (!/^[0-9]{12,19}$/.test(text)) return false;
  if (/^(?:62|81)/.test(text)) return true;
  let sum = 0;
  for (const [index, character] of Array.from(text).reverse().entries()) {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}
