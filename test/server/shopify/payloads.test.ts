import { expect } from 'chai';
import { decimalToMinor } from '../../../server/commerce/decimal-amount.js';
import { customerSnapshot } from '../../../server/shops/shopify/customer-payload.js';
import { parseLossless } from '../../../server/shops/shopify/lossless-json.js';
import { orderSnapshot } from '../../../server/shops/shopify/order-payload.js';
import { Fields } from '../../../server/shops/shopify/payload-fields.js';
import { productSnapshot } from '../../../server/shops/shopify/product-payload.js';
import { refundSnapshot } from '../../../server/shops/shopify/refund-payload.js';

const at = Date.UTC(2026, 10, 1);
const read = (text: string): Fields => Fields.of(parseLossless(text))!;
const money = (amount: string, currency = 'EUR'): string => `{"shop_money":{"amount":"${amount}","currency_code":"${currency}"},"presentment_money":{"amount":"999.00","currency_code":"USD"}}`;
const order = (more = ''): Fields => read(`{"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","name":"#1001","currency":"EUR","created_at":"2026-10-01T09:00:00+02:00",
  "processed_at":"2026-10-01T09:00:00+02:00","updated_at":"2026-10-02T09:00:00+02:00","financial_status":"paid","customer_locale":"de","total_price":"999","total_price_set":${money('95.00')},"subtotal_price_set":${money('90.00')},
  "total_discounts_set":${money('10.00')},"total_shipping_price_set":${money('5.00')},"total_tax_set":${money('0.00')},"discount_codes":[{"code":"GX-AAAA","amount":"10.00","type":"fixed_amount"}],
  "customer":{"id":115310627314723954,"email":"Jon@Example.com","first_name":"Jon","last_name":"Doe","phone":null,"updated_at":"2026-10-01T09:00:00+02:00"},
  "line_items":[{"id":487817672276298554,"quantity":2,"price_set":${money('50.00')},"sku":"HAT-1","title":"Hat","total_discount":"0.00","discount_allocations":[{"amount":"10.00","amount_set":${money('10.00')}}]},
  {"id":2,"quantity":1,"price":"0.00","sku":null,"variant_id":77,"title":"Gift"}]${more}}`);

describe('payloads of Shopify', () => {
  it('become an order in the shop\'s currency, by ids that keep every digit', () => {
    expect(orderSnapshot(order(), at)).to.deep.equal({
      externalId: 'gid://shopify/Order/820982911946154508', number: '#1001', currency: 'EUR', placedAt: Date.UTC(2026, 9, 1, 7), updatedAt: Date.UTC(2026, 9, 2, 7),
      customer: { externalId: 'gid://shopify/Customer/115310627314723954', email: 'jon@example.com', name: 'Jon Doe', locale: 'de', updatedAt: Date.UTC(2026, 9, 1, 7) },
      paidAt: Date.UTC(2026, 9, 1, 7), deliveredAt: null, cancelledAt: null, subtotal: 9000, discount: 1000, shipping: 500, tax: 0, total: 9500,
      codes: [{ code: 'GX-AAAA', amount: 1000 }],
      lines: [
        { externalId: 'gid://shopify/LineItem/487817672276298554', sku: 'HAT-1', title: 'Hat', quantity: 2, unitPrice: 5000, paid: 9000 },
        { externalId: 'gid://shopify/LineItem/2', sku: 'variant-77', title: 'Gift', quantity: 1, unitPrice: 0, paid: 0 },
      ], test: false,
    });
  });

  it('are unpaid until Shopify says so', () => {
    for (const [status, paid] of [['pending', false], ['authorized', false], ['voided', false], ['partially_paid', false], ['paid', true], ['partially_refunded', true], ['refunded', true]] as const) {
      expect(orderSnapshot(order(`,"financial_status":"${status}"`), at)!.paidAt !== null, status).to.equal(paid);
    }
  });

  it('tell where an order goes when Shopify does, and nothing otherwise', () => {
    const where = (more: string): string | null | undefined => orderSnapshot(order(more), at)!.address;
    expect(where(',"shipping_address":{"address1":"12 Nanjing Rd","address2":"Apt 3","city":"Shanghai","zip":"200000","country_code":"CN"},"billing_address":{"address1":"Elsewhere"}')).to.equal('12 Nanjing Rd, Apt 3, 200000, Shanghai, CN');
    expect(where(',"shipping_address":null,"billing_address":{"address1":"9 Rue X","address2":null}')).to.equal('9 Rue X');
    for (const nothing of ['', ',"shipping_address":null', ',"shipping_address":{"city":"Paris"}', ',"shipping_address":[]']) expect(where(nothing), nothing).to.equal(undefined);
  });

  it('are delivered when the last parcel is', () => {
    const parcel = (status: string, day: number): string => `{"status":"success","shipment_status":${status},"updated_at":"2026-10-0${day}T00:00:00Z"}`;
    const delivered = (parcels: string, status = '"fulfilled"'): number | null | undefined => orderSnapshot(order(`,"fulfillment_status":${status},"fulfillments":[${parcels}]`), at)!.deliveredAt;
    expect(delivered(`${parcel('"delivered"', 3)},${parcel('"delivered"', 5)}`)).to.equal(Date.UTC(2026, 9, 5));
    expect(delivered(`${parcel('"delivered"', 3)},${parcel('"in_transit"', 5)}`)).to.equal(null);
    expect(delivered(parcel('"delivered"', 3), '"partial"')).to.equal(null);
    expect(delivered('')).to.equal(null);
  });

  it('tell of each line when its own parcel arrived, once all its pieces are there', () => {
    const parcel = (status: string, day: number, items: string): string => `{"status":"success","shipment_status":"${status}","updated_at":"2026-10-0${day}T00:00:00Z","line_items":[${items}]}`;
    const lines = (parcels: string): (number | null | undefined)[] => orderSnapshot(order(`,"fulfillment_status":"partial","fulfillments":[${parcels}]`), at)!.lines.map((line) => line.deliveredAt);
    const hats = (n: number): string => `{"id":487817672276298554,"quantity":${n}}`;
    expect(lines(`${parcel('delivered', 3, hats(2))},${parcel('in_transit', 5, '{"id":2,"quantity":1}')}`)).to.deep.equal([Date.UTC(2026, 9, 3), undefined]);
    expect(lines(`${parcel('delivered', 3, hats(1))},${parcel('delivered', 6, `${hats(1)},{"id":2,"quantity":1}`)}`)).to.deep.equal([Date.UTC(2026, 9, 6), Date.UTC(2026, 9, 6)]);
    expect(lines(parcel('delivered', 3, hats(1)))).to.deep.equal([undefined, undefined]);
  });

  it('take tax out of a line whose price includes it', () => {
    const snapshot = orderSnapshot(read(`{"id":1,"currency":"EUR","created_at":"2026-10-01T00:00:00Z","taxes_included":true,"line_items":[{"id":5,"quantity":1,"price":"119.00","title":"x","sku":"x","tax_lines":[{"price":"19.00"}]}]}`), at)!;
    expect(snapshot.lines[0]!.paid).to.equal(10_000);
  });

  it('survive guests, redacted customers and missing fields', () => {
    for (const customer of ['null', '{}', '{"id":null}', '[]', '"x"']) expect(orderSnapshot(order(`,"customer":${customer}`), at)).not.to.have.property('customer');
    const bare = customerSnapshot(read('{"id":7,"email":null,"first_name":null,"last_name":null}'), at)!;
    expect(bare).to.deep.equal({ externalId: 'gid://shopify/Customer/7', updatedAt: at });
    expect(orderSnapshot(read('{"id":1}'), at)).to.equal(undefined);
    expect(productSnapshot(read('{"id":1}'), 'EUR', 'a.myshopify.com', at)).to.equal(undefined);
    expect(refundSnapshot(read('{"order_id":1}'), 'EUR')).to.equal(undefined);
  });

  it('say what a refund gave back, and of which lines', () => {
    const refund = (currency: string): Fields => read(`{"id":890088186047892319,"order_id":820982911946154508,"created_at":"2026-10-03T00:00:00Z",
      "refund_line_items":[{"quantity":1,"line_item_id":487817672276298554,"subtotal":45.0,"subtotal_set":${money('45.00')}}],
      "transactions":[{"kind":"refund","status":"success","amount":"40.00","currency":"${currency}"},{"kind":"refund","status":"failure","amount":"9.00","currency":"${currency}"}]}`);
    expect(refundSnapshot(refund('EUR'), 'EUR')).to.deep.equal({
      externalId: 'gid://shopify/Refund/890088186047892319', orderExternalId: 'gid://shopify/Order/820982911946154508', at: Date.UTC(2026, 9, 3), amount: 4000,
      lines: [{ lineExternalId: 'gid://shopify/LineItem/487817672276298554', quantity: 1, amount: 4500 }],
    });
    expect(refundSnapshot(refund('USD'), 'EUR')!.amount, 'another currency cannot be added').to.equal(4500);
  });

  it('describe a product with variants that have no SKU', () => {
    const product = productSnapshot(read('{"id":788032119674292922,"title":"Shirt","handle":"shirt","product_type":"Shirts","status":"draft","updated_at":"2026-10-01T00:00:00Z","image":{"src":"https://cdn.example/a.png"},"variants":[{"id":642667041472713922,"price":"19.99","sku":null,"title":"Default Title"}]}'), 'EUR', 'a.myshopify.com', at)!;
    expect(product).to.deep.equal({
      externalId: 'gid://shopify/Product/788032119674292922', title: 'Shirt', category: 'Shirts', imageUrl: 'https://cdn.example/a.png', url: 'https://a.myshopify.com/products/shirt', status: 'archived', updatedAt: Date.UTC(2026, 9, 1),
      variants: [{ externalId: 'gid://shopify/ProductVariant/642667041472713922', sku: 'variant-642667041472713922', title: null, price: 1999, currency: 'EUR' }],
    });
  });
});

describe('minor units', () => {
  it('follow the currency\'s places without floating point', () => {
    for (const [amount, currency, units] of [['19.99', 'USD', 1999], [19.99, 'USD', 1999], ['0.1', 'USD', 10], ['1000', 'JPY', 1000], ['1.2345', 'KWD', 1235], ['1.005', 'USD', 101], ['-3.50', 'EUR', -350], ['-0.00', 'EUR', 0], ['8123456789.12', 'USD', 812_345_678_912]] as const) {
      expect(decimalToMinor(amount, currency), `${amount} ${currency}`).to.equal(units);
    }
    for (const text of ['', 'abc', '1,99', '1e5', '--1', '1.', null, undefined, {}, Number.NaN, '99999999999999999']) expect(decimalToMinor(text, 'USD')).to.equal(undefined);
  });
});
