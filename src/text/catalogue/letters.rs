//! The letters of a claim: what is asked of whom, what is wrong with each payment, and what supports it.

use super::counted;
use crate::text::Lang;

super::messages! {
    letter_title(payments, vendor) { en: "Request about {payments} to {vendor}", zh: "关于向 {vendor} 支付的 {payments}的核查请求" }
    letter_is_copy() {
        en: "Copy for the payer; the letter to be sent is the one in Chinese.",
        zh: "付款人留存的中文副本；寄出的信为英文版。",
    }
    letter_to() { en: "To", zh: "致" }
    letter_to_at(name, channel) { en: "{name}, {channel}", zh: "{name}，{channel}" }
    letter_account(vendor) { en: "Account with {vendor}", zh: "{vendor} 账号" }
    letter_card() { en: "Card, last four digits", zh: "银行卡末四位" }
    letter_total() { en: "Total at issue", zh: "涉及金额合计" }
    letter_as_of() { en: "Records as of", zh: "记录截至" }
    letter_add_for_vendor() { en: "Sign-in method, organization ID, earlier ticket", zh: "登录方式、组织 ID、此前的工单号" }
    letter_blank() { en: "____________________", zh: "____________________" }
    letter_opening(vendor) {
        en: "Hello, for the payments below my statements do not agree with what {vendor} billed, delivered or gave back. I would be grateful for the following:",
        zh: "您好：下列款项在我的流水中与 {vendor} 的账单、开通或退款情况不一致，恳请协助处理：",
    }
    letter_item(ask, payments, amounts) { en: "{ask}: {payments}, {amounts}.", zh: "{ask}：{payments}，{amounts}。" }

    letter_ask_activate() {
        en: "Please make what was paid for available on the account, or refund it",
        zh: "请为该账号开通已付款的内容，或予以退款",
    }
    letter_ask_send_refund() {
        en: "Please check where the recorded refund went and send it, or give me its reference so that it can be traced",
        zh: "请查明已登记退款的去向并退回，或提供退款参考号以便追查",
    }
    letter_ask_refund_second() { en: "Please refund the second charge for the same purchase", zh: "请退还同一笔购买的重复扣款" }
    letter_ask_move() {
        en: "Please move what was paid for to my account, or refund it",
        zh: "请将已付款的内容转到我的账号，或予以退款",
    }
    letter_ask_after_cancel() {
        en: "Please refund what was charged after the cancellation, and confirm that the subscription has ended",
        zh: "请退还取消之后的扣款，并确认订阅已终止",
    }
    letter_ask_shortfall() {
        en: "Less arrived than was invoiced, because of conversion; please say how the difference can be settled so that the purchase is completed, or return what arrived",
        zh: "因汇率差额，到账少于账单金额；请告知如何补足差额以完成购买，或退回已到账的款项",
    }
    letter_ask_refund_excess() { en: "Please refund what was taken beyond the invoice", zh: "请退还超出账单金额的扣款" }
    letter_ask_refund_rest() {
        en: "Please check why less came back than was refunded, and return the difference",
        zh: "请查明退款为何少到账，并退还差额",
    }
    letter_ask_trace(vendor) {
        en: "Please find out which merchant received this money, under which acquirer reference number, and whether it was sent back; I find no invoice of {vendor} for it and am asking {vendor} too. If nothing was delivered for it, please help me get it back",
        zh: "请查明该款项由哪家商户收取、收单参考号是多少、是否已退回；我找不到对应的 {vendor} 账单，也在同时询问 {vendor}。若未提供任何服务，请协助追回",
    }

    letter_payments() { en: "The payments, dated as on the statement", zh: "款项明细（日期以流水为准）" }
    letter_column_charged() { en: "Charged", zh: "扣款" }
    letter_column_settled() { en: "Settled as", zh: "入账" }
    letter_column_at_issue() { en: "At issue", zh: "涉及金额" }
    letter_column_references() { en: "References", zh: "编号" }
    letter_column_wrong() { en: "What is wrong", zh: "问题" }
        letter_rest(shown, all) {
        en: "The table holds the {shown} largest of {all}; all of them stand in discrepancies.csv.",
        zh: "表中列出 {all}中金额最大的 {shown} 笔；全部见 discrepancies.csv。",
    }
    letter_more() { en: "more in discrepancies.csv", zh: "其余见 discrepancies.csv" }

    letter_bought_plan() { en: "ChatGPT plan", zh: "ChatGPT 套餐" }
    letter_bought_named_plan(plan) { en: "ChatGPT plan ({plan})", zh: "ChatGPT 套餐（{plan}）" }
    letter_bought_credits() { en: "ChatGPT credits", zh: "ChatGPT 额度" }
    letter_bought_api_credits() { en: "API credits", zh: "API 额度" }
    letter_ref_bank_day(day) { en: "bank row of {day}", zh: "银行流水日期 {day}" }
    letter_ref_card(digits) { en: "card ****{digits}", zh: "卡 ****{digits}" }
    letter_ref_invoice(number) { en: "invoice {number}", zh: "账单 {number}" }
    letter_ref_invoice_over(number, total) { en: "invoice {number} over {total}", zh: "账单 {number}（{total}）" }
    letter_ref_receipt(number) { en: "receipt {number}", zh: "收据 {number}" }
    letter_ref_order(number) { en: "order {number}", zh: "订单 {number}" }
    letter_ref_credit_note(number) { en: "credit note {number}", zh: "贷记单 {number}" }
    letter_ref_refund(number) { en: "refund {number}", zh: "退款 {number}" }
    letter_ref_cancellation(number) { en: "cancellation {number}", zh: "取消 {number}" }
    letter_ref_transaction(number) { en: "transaction {number}", zh: "交易 {number}" }

    letter_wrong_no_invoice(as_of) { en: "charged, but the billing list up to {as_of} holds no invoice for it", zh: "已扣款，但截至 {as_of} 的账单列表中没有对应账单" }
    letter_wrong_invoice_unpaid(invoice) { en: "charged in full, but invoice {invoice} stands open", zh: "已全额扣款，但账单 {invoice} 仍显示未付" }
    letter_wrong_invoice_void(invoice) { en: "charged, but invoice {invoice} was voided", zh: "已扣款，但账单 {invoice} 已作废" }
    letter_wrong_inactive(day) { en: "on {day} the account did not show what was paid for", zh: "{day} 账户未显示所付款的内容" }
    letter_wrong_inactive_showing(day, plan) { en: "on {day} the account showed only the plan {plan}", zh: "{day} 账户只显示 {plan} 套餐" }
    letter_wrong_credit(amount, from, to) { en: "no credit of {amount} was added between {from} and {to}", zh: "{from} 至 {to} 之间没有 {amount} 的额度到账" }
    letter_wrong_refund_missing(amount, day, by) { en: "the refund of {amount} recorded on {day} had not arrived by {by}", zh: "{day} 登记的退款 {amount} 到 {by} 仍未到账" }
    letter_wrong_refund_not_seen(by) { en: "the refund had not arrived by {by}", zh: "退款到 {by} 仍未到账" }
    letter_wrong_duplicate(invoice, day, amount) { en: "a second charge for invoice {invoice}, already paid by {amount} on {day}", zh: "账单 {invoice} 已由 {day} 的 {amount} 付清，这是第二次扣款" }
    letter_wrong_account(invoice, billed) { en: "invoice {invoice} was billed to {billed}, which is not my account", zh: "账单 {invoice} 开给了 {billed}，不是我的账号" }
    letter_wrong_after_cancel(cancelled_on, start) { en: "cancelled on {cancelled_on}, but charged for the time from {start}", zh: "已于 {cancelled_on} 取消，却扣了从 {start} 起的费用" }
    letter_wrong_short(total, arrived) { en: "{total} was invoiced and {arrived} arrived after conversion, so the invoice stands open", zh: "账单 {total}，换汇后到账 {arrived}，账单因此仍未结清" }
    letter_wrong_overcharged(charged, total, excess) { en: "{charged} was taken for an invoice over {total}; tax, fees and conversion do not explain {excess} of it", zh: "账单 {total}，扣款 {charged}；其中 {excess} 无法以税费、手续费和汇率差额解释" }
    letter_wrong_refund_short(paid, back, missing) { en: "{paid} was paid and {back} came back; conversion does not explain the missing {missing}", zh: "付款 {paid}，退回 {back}；少退的 {missing} 无法以汇率差额解释" }
    letter_wrong_came_back(back, day) { en: "{back} came back by {day} and is taken off", zh: "截至 {day} 已退回 {back}，已扣除" }
    letter_wrong_with_certainty(clause, certainty) { en: "{clause} ({certainty})", zh: "{clause}（{certainty}）" }
    letter_certainty_certain() { en: "certain", zh: "确定" }
    letter_certainty_probable() { en: "very likely", zh: "很可能" }
    letter_certainty_ambiguous() { en: "likely; another reading fits too", zh: "较可能；另有一种解读" }

    letter_evidence() { en: "Evidence attached (cited rows)", zh: "所附证据（引用的行）" }
    letter_file(name, rows) { en: "{name} ({rows})", zh: "{name}（{rows}）" }
    letter_unnamed_file(number) { en: "file {number}", zh: "文件 {number}" }
    letter_ruled_out() { en: "Ruled out", zh: "已排除" }
    letter_not_ruled_out() { en: "Not ruled out", zh: "未能排除" }
    letter_deadlines() { en: "Dates, for information", zh: "期限（供参考）" }
    letter_deadline(what, by) { en: "{what} by {by}", zh: "{what}至 {by}" }
    letter_thanks() {
        en: "Thank you for your help. If something is missing, I will gladly send it.",
        zh: "感谢您的协助。如需补充材料，我会尽快提供。",
    }
    letter_sign() { en: "Name and date: ____________________", zh: "姓名与日期：____________________" }
}

/// Clauses of one cell, each of which may hold a comma: `a; b` or `a；b`.
pub fn letter_clauses(lang: Lang, items: &[String]) -> String {
    items.join(match lang {
        Lang::En => "; ",
        Lang::Zh => "；",
    })
}

/// A number of payments in words.
pub fn payments(lang: Lang, count: usize) -> String {
    match lang {
        Lang::En => counted(i64::try_from(count).unwrap_or(i64::MAX), "payment", "payments"),
        Lang::Zh => format!("{count} 笔款项"),
    }
}
