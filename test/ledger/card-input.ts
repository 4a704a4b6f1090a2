/** Cards as buyers enter them, and when. */
export const NOW = Date.UTC(2026, 5, 15);

export const CARD = {
  cardNo: "4054695723100768",
  expiryMonth: "12",
  expiryYear: "29",
  cvv: "850",
  cardholderName: { firstName: "Tom", middleName: "J", lastName: "Jay", fullName: "Tom J Jay" },
  billingAddress: {
    region: "CN",
    state: "Zhejiang",
    city: "Hangzhou",
    address1: "Wuchang road",
    address2: "Xihu",
    zipCode: "310000",
  },
  cpf: "12345678909",
  payerEmail: "buyer@shop.example",
};
const NUMBER = { cardNo: "9490220011669217", expiryMonth: "12", expiryYear: "29" };
export const PERSONAL = { ...NUMBER, dateOfBirth: "1990-12-31", cardPasswordDigest: "77" };
export const CORPORATE = { ...NUMBER, businessNo: "2208183676", cardPasswordDigest: "77" };
