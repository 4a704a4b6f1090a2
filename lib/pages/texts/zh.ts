import type { Texts } from "../texts.js";

export const zh: Texts = {
  backToShop: "返回商店",
  amount: "金额",
  order: "订单号",
  redirect: {
    going: { title: "正在前往安全支付页面…", text: "请稍候片刻。" },
    choice: { title: "继续前往安全支付页面", text: "如果您已经在该页面付款，请查看付款状态。您不会被重复扣款。" },
    slow: "等待时间比平常长，您可以自行继续。",
    goOn: "继续付款",
    seePayment: "查看付款状态",
  },
  result: {
    pending: { title: "正在等待银行确认", text: "本页面会自动更新，请勿重复付款。" },
    unfinished: {
      title: "您的付款尚未确认",
      text: "如果您已经付款，我们正在等待银行确认，本页面会自动更新。如果还没有付款，请继续付款。",
    },
    authorized: { title: "付款已获批准", text: "谢谢您！银行已批准您的付款。" },
    captured: { title: "付款完成", text: "谢谢您！我们已收到您的付款。" },
    failed: { title: "付款未成功", text: "没有扣款。您可以返回商店，重新支付该订单。" },
    voided: { title: "付款已取消", text: "没有扣款。您可以返回商店，重新支付该订单。" },
    expired: { title: "付款已过期", text: "没有扣款。您可以返回商店，重新支付该订单。" },
    goOn: "继续付款",
    paid: "我已付款",
    asking: "正在向银行查询…",
    unconfirmed: "尚未确认。我们会继续查询，一有结果本页面就会自动更新。",
    unreachable: "暂时无法查询。您的付款不受影响，请稍后再试。",
    stopped: "等待时间比平常长。您可以关闭本页面：银行确认后，您的订单会立即更新。",
  },
  errors: {
    link_invalid: { title: "此链接无法使用", text: "链接在复制时可能不完整。请回到商店重新打开您的订单。" },
    not_found: { title: "找不到这笔付款", text: "请回到商店重新打开您的订单。" },
    origin_refused: { title: "请从商店页面开始付款", text: "为了您的安全，只能在商店自己的页面上开始付款。没有扣款。" },
    order_paid: { title: "该订单已付款", text: "您无需再做任何操作，也没有产生第二笔付款。" },
    payment_closing: { title: "请稍等", text: "该订单之前的一笔付款正在取消，请一分钟后再试。您不会被重复扣款。" },
    unavailable: { title: "请稍后再试", text: "暂时无法连接支付服务。您可以放心重试，不会产生第二笔付款。" },
    invalid: { title: "信息不完整", text: "收到的信息不足以开始付款，没有扣款。请返回商店再试一次。" },
  },
  checkout: {
    opening: "正在打开安全支付页面…",
    unreachable: "无法连接商店。您可以放心重试，不会被重复扣款。",
    refused: "暂时没有成功。您可以放心重试，不会被重复扣款。",
  },
};
