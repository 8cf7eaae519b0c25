import type { ImportField } from '../../plugin-api/index.js';

const field = (name: string, en: string, zh: string, aliases: readonly string[] = []): ImportField => ({ name, label: { en, 'zh-CN': zh }, required: false, aliases });

/**
 * Columns of order files: one row per order, or one per line with the order's own values on its first row (Shopify's export) or on all.
 * Aliases of Shopify's `orders_export` stand first.
 */
export const ORDER_FIELDS: readonly ImportField[] = [
  field('order', 'Order number', '订单号', ['name', 'order number', 'order id', 'order no', 'invoice', 'invoice no', 'invoice number', 'number', 'basket_id', 'transaction id', '订单编号', '单号']),
  field('platformId', 'Platform\'s order id', '平台订单 ID', ['id']),
  { ...field('placedAt', 'Date of the order', '下单时间', ['created at', 'datetime', 'date', 'order date', 'invoice date', 'placed at', 'transaction_timestamp', 'timestamp', 'purchase date', '下单日期', '日期', '创建时间']), required: true },
  field('paidAt', 'Paid at', '付款时间', ['paid at', 'payment date', '支付时间']),
  field('cancelledAt', 'Cancelled at', '取消时间', ['cancelled at', 'canceled at']),
  field('customer', 'Customer id', '顾客编号', ['customer id', 'customer_id', 'master_id', 'customer no', 'household_id', 'user id', 'buyer id', 'member id', '会员编号', '客户编号', '用户id']),
  field('email', 'E-mail', '电子邮箱', ['email', 'customer email', 'e-mail', 'mail', 'email address', '邮箱']),
  field('customerName', 'Customer\'s name', '顾客姓名', ['billing name', 'customer name', 'shipping name', 'buyer name', '姓名', '客户姓名']),
  field('phone', 'Phone', '电话', ['billing phone', 'phone', 'customer phone', 'shipping phone', '手机', '手机号']),
  field('currency', 'Currency', '币种', ['currency code', '货币']),
  field('financialStatus', 'Payment status', '付款状态', ['financial status', 'payment status', 'status', '支付状态', '订单状态']),
  field('subtotal', 'Subtotal', '小计', ['sub total', 'goods total', '商品总额']),
  field('shipping', 'Shipping', '运费', ['shipping amount', 'shipping cost', 'freight']),
  field('tax', 'Tax', '税费', ['taxes', 'total tax', 'vat']),
  field('discount', 'Discount', '优惠金额', ['discount amount', 'total discount', '折扣']),
  field('discountCode', 'Discount code', '优惠码', ['discount code', 'coupon', 'coupon code', '优惠券']),
  field('total', 'Total', '总额', ['total price', 'order total', 'grand total', 'amount', 'usd', 'sales', 'revenue', '实付金额', '金额', '订单金额']),
  field('refunded', 'Refunded', '已退款', ['refunded amount', 'refund amount', 'refund', '退款金额']),
  field('sku', 'SKU', 'SKU', ['lineitem sku', 'stock_code', 'stock code', 'item sku', 'product sku', 'product_id', 'product id', 'item id', '商品编码', '货号']),
  field('title', 'Product', '商品名称', ['lineitem name', 'description', 'product name', 'product', 'item name', 'item', '商品', '品名']),
  field('quantity', 'Quantity', '数量', ['lineitem quantity', 'qty', 'units', 'cds', 'count']),
  field('unitPrice', 'Unit price', '单价', ['lineitem price', 'unit price', 'price', 'item price']),
  field('lineTotal', 'Paid for the line', '行实付', ['line total', 'line amount', 'sales_value', 'item total']),
  field('lineDiscount', 'Discount of the line', '行优惠', ['lineitem discount', 'line discount']),
];
