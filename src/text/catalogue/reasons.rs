//! Why a verdict was given: one sentence a reason, with its days and figures and what it rests on.

super::messages! {
    joined_by_reference(invoice, reference) {
        en: "Invoice {invoice} and the payment carry the same identifier, {reference}.",
        zh: "账单 {invoice} 与付款带有同一编号 {reference}。",
    }
    joined_exact(invoice, amount, when) {
        en: "Invoice {invoice} is for the same amount, {amount}; the charge is dated {when}.",
        zh: "账单 {invoice} 金额相同，为 {amount}；扣款日期{when}。",
    }
    same_day() { en: "the same day", zh: "为同一天" }
    days_later(days) { en: "{days} later", zh: "晚 {days}" }
    days_earlier(days) { en: "{days} earlier", zh: "早 {days}" }
    joined_converted(invoice, total, charged, channel, lo, hi) {
        en: "Invoice {invoice} is for {total}; the charge of {charged} is as near to its reference cost as is usual for {channel} ({lo} to {hi} %).",
        zh: "账单 {invoice} 为 {total}；扣款 {charged} 与其参考成本之差在{channel}的常见范围内（{lo} 至 {hi} %）。",
    }
    joined_sum(invoice, total) {
        en: "The parts of the payment add up exactly to invoice {invoice} for {total}.",
        zh: "付款各部分相加正好等于账单 {invoice} 的 {total}。",
    }
    joined_leftover(invoice, total, charged) {
        en: "Nothing else fits: of all charges and invoices near these days, only this charge of {charged} and invoice {invoice} for {total} were left.",
        zh: "别无其他对应：这几天的扣款与账单中，只剩这笔 {charged} 的扣款与账单 {invoice}（{total}）。",
    }
    no_invoice(files, as_of) {
        en: "There is no invoice for this charge in {files}, taken to be complete up to {as_of}.",
        zh: "{files} 中没有与这笔扣款对应的账单；账单列表视为完整，截至 {as_of}。",
    }
    invoice_unpaid(invoice) {
        en: "The whole amount was taken, yet invoice {invoice} still stands unpaid.",
        zh: "款项已全额扣除，但账单 {invoice} 仍显示未付。",
    }
    invoice_void(invoice) {
        en: "The money was taken, yet invoice {invoice} was voided.",
        zh: "款项已扣除，但账单 {invoice} 已作废。",
    }
    plan_inactive(day) {
        en: "On {day}, within the time paid for, the account did not show what was bought.",
        zh: "{day} 处于已付费期间内，账户却没有显示所购内容。",
    }
    plan_inactive_showing(day, plan) {
        en: "On {day}, within the time paid for, the account showed nothing but: {plan}.",
        zh: "{day} 处于已付费期间内，账户却只显示：{plan}。",
    }
    activation_observed(day) { en: "The account was seen active on {day}.", zh: "{day} 已见账户生效。" }
    activation_presumed(invoice) {
        en: "Invoice {invoice} is marked paid; no file shows the account itself.",
        zh: "账单 {invoice} 显示已付；没有文件显示账户本身。",
    }
    credit_not_granted(amount, from, to, known_to) {
        en: "No credit of {amount} for this charge was added between {from} and {to}; the credits of the account are known up to {known_to}.",
        zh: "{from} 至 {to} 之间没有属于这笔扣款的 {amount} 额度到账；账户额度记录截至 {known_to}。",
    }
    credit_granted(amount, day) { en: "Credit of {amount} was added on {day}.", zh: "{day} 已到账额度 {amount}。" }
    refunded_in_full(paid, back, day) {
        en: "{paid} was paid and {back} came back, the last of it on {day}.",
        zh: "付款 {paid}，已退回 {back}，最后一笔在 {day}。",
    }
    refunded_in_part(back, day) {
        en: "{back} came back by {day} and is taken off what is claimed.",
        zh: "截至 {day} 已退回 {back}，已从索赔金额中扣除。",
    }
    refund_short(paid, back, missing) {
        en: "{paid} was paid and {back} came back: {missing} is missing.",
        zh: "付款 {paid}，退回 {back}，少 {missing}。",
    }
    refund_loss(buying, rate_move, spread, paid_day, refund_day) {
        en: "Against the reference rates of {paid_day} and {refund_day}, {buying} went on the first conversion, {rate_move} on the move of the rate and {spread} on converting back.",
        zh: "与 {paid_day} 和 {refund_day} 的参考汇率相比：首次换汇成本 {buying}，汇率变动 {rate_move}，换回成本 {spread}。",
    }
    refund_unexplained(from, to) {
        en: "At the reference rate the whole refund would come to between {from} and {to}; conversion does not explain what came back.",
        zh: "按参考汇率，全额退款应在 {from} 至 {to} 之间；汇率差额无法解释实际退回的金额。",
    }
    refund_original_whole(original) {
        en: "Charge and refund both print {original}: the merchant gave back the whole amount.",
        zh: "扣款与退款均标明 {original}：商户已全额退款。",
    }
    refund_recorded(day, amount) {
        en: "The billing papers record a refund of {amount} on {day}.",
        zh: "账单资料记有 {day} 退款 {amount}。",
    }
    refund_recorded_under(number, day, amount) {
        en: "The billing papers record a refund of {amount} on {day} ({number}).",
        zh: "账单资料记有 {day} 退款 {amount}（{number}）。",
    }
    refund_not_seen(files, from, to) {
        en: "No refund of this charge came in between {from} and {to}, days covered by {files}.",
        zh: "{files} 覆盖 {from} 至 {to}，其中没有这笔扣款的退款。",
    }
    refund_pending(day, wait_until) {
        en: "The refund was made on {day} and may take until {wait_until} to arrive.",
        zh: "退款于 {day} 发起，最晚可能到 {wait_until} 才到账。",
    }
    refund_days_not_covered(from, to) {
        en: "The refund would have come between {from} and {to}, but no statement given covers these days.",
        zh: "退款应在 {from} 至 {to} 到账，但所给流水没有覆盖这些日子。",
    }
    refund_without_charge(day, amount) {
        en: "{amount} came back on {day}; the charge it belongs to is in none of the files.",
        zh: "{day} 退回 {amount}，但所给文件中找不到它对应的扣款。",
    }
    duplicate_of(day, amount, place, invoice) {
        en: "The charge of {amount} on {day} ({place}) already paid invoice {invoice}; this one has no invoice of its own.",
        zh: "{day} 的扣款 {amount}（{place}）已付账单 {invoice}；这一笔没有自己的账单。",
    }
    wrong_account(invoice, billed, given) {
        en: "Invoice {invoice} was billed to {billed}, not to {given}.",
        zh: "账单 {invoice} 开给了 {billed}，而不是 {given}。",
    }
    charged_after_cancel(cancelled_on, period_start) {
        en: "The plan was cancelled on {cancelled_on}, with no new order since; this charge is for the time from {period_start}.",
        zh: "套餐已于 {cancelled_on} 取消，此后没有新订单；这笔扣款却是从 {period_start} 起的费用。",
    }
    ordered_again(cancelled_on, ordered_on) {
        en: "After the cancellation of {cancelled_on} the plan was ordered again on {ordered_on}.",
        zh: "{cancelled_on} 取消之后，又于 {ordered_on} 重新下单。",
    }
    arrived_short(total, arrived, missing) {
        en: "{total} was invoiced and {arrived} arrived: {missing} is missing.",
        zh: "账单 {total}，到账 {arrived}，少 {missing}。",
    }
    fx_took(sent, at_reference, spread, needed) {
        en: "{sent} is {at_reference} at the reference rate; conversion took {spread} of it. Sending {needed} would have been enough.",
        zh: "{sent} 按参考汇率为 {at_reference}，换汇占去 {spread}。付 {needed} 即可足额。",
    }
    overcharged(charged, total, excess) {
        en: "{charged} was taken for an invoice of {total}: {excess} more, which tax, fees and conversion do not explain.",
        zh: "账单 {total}，扣款 {charged}：多扣 {excess}，税费、手续费和汇率差额均无法解释。",
    }
    undercharged(charged, total, missing) {
        en: "{charged} was taken for an invoice of {total}: {missing} less, which conversion does not explain.",
        zh: "账单 {total}，扣款 {charged}：少扣 {missing}，汇率差额无法解释。",
    }
    outside_band(charged, from, to, channel) {
        en: "{charged} lies outside {from} to {to}, the usual range around the reference cost for {channel}.",
        zh: "{charged} 超出{channel}围绕参考成本的常见范围 {from} 至 {to}。",
    }
    too_recent(as_of, callable_on) {
        en: "As of {as_of} this charge is too recent: activation may lag. Look again from {callable_on}.",
        zh: "截至 {as_of}，这笔扣款时间太近，开通可能延迟。请从 {callable_on} 起再看。",
    }
    before_billing_coverage(from) {
        en: "The billing papers begin on {from}, after this charge.",
        zh: "账单资料自 {from} 开始，晚于这笔扣款。",
    }
    list_has_hole(file) {
        en: "A row of {file} near this day could not be read and was skipped: what is missing may be just that row.",
        zh: "{file} 中这一天附近有一行无法读取，已跳过：缺少的记录可能就是那一行。",
    }
    no_billing_evidence() {
        en: "No billing list given covers this charge, and no file shows the account after it: nothing tells whether it was delivered.",
        zh: "没有账单列表覆盖这笔扣款，也没有文件显示扣款后的账户状态：无从得知是否到账。",
    }
    no_reference_rate(invoice, charge, day, known_to) {
        en: "An invoice in {invoice} is near this charge in {charge}, but there is no reference rate for {day} (rates known up to {known_to}), so the two cannot be compared.",
        zh: "这笔 {charge} 扣款附近有一张 {invoice} 账单，但 {day} 没有参考汇率（已知至 {known_to}），无法比较。",
    }
    exports_disagree(place) {
        en: "The same row stands in {place}, an export that differs from this one elsewhere: this may be one charge or two.",
        zh: "{place} 中有相同的一行，但两个导出文件在别处不一致：这可能是一笔扣款，也可能是两笔。",
    }
    store_charge_unidentified(store) {
        en: "{store} names no product: only the store's own receipt can tell what this was.",
        zh: "{store} 没有写明商品：只有商店自己的收据才能说明。",
    }
    hold_pending(day, falls_by) {
        en: "Held since {day} but not taken; such holds usually fall away by {falls_by}.",
        zh: "自 {day} 起预授权冻结，尚未扣款；通常在 {falls_by} 之前解除。",
    }
    hold_overdue(days) {
        en: "The hold is {days} old, longer than such holds usually last: ask the card issuer.",
        zh: "预授权冻结已有 {days}，长于通常时间：请询问发卡银行。",
    }
    hold_released(day) {
        en: "The hold was released on {day}; nothing was taken.",
        zh: "预授权已于 {day} 解除，没有扣款。",
    }
    hold_lapsed(day, until, file) {
        en: "The amount reserved on {day} is no longer in {file}, which covers the days to {until}: it was let go; nothing was taken.",
        zh: "{day} 冻结的金额已不在 {file} 中，该文件覆盖至 {until}：冻结已失效，没有扣款。",
    }
    declined(cause) { en: "The payment was refused: {cause}.", zh: "付款被拒：{cause}。" }
    declined_saying(cause, reason) {
        en: "The payment was refused: {cause}. In the file: {reason}",
        zh: "付款被拒：{cause}。原文：{reason}",
    }
    fx_declined(available, reference_cost, needed, shortfall) {
        en: "The balance of {available} was enough for {reference_cost}, the price at the reference rate; with the cost of conversion {needed} was needed: {shortfall} short.",
        zh: "余额 {available} 够付按参考汇率计算的 {reference_cost}；计入换汇成本则需要 {needed}：差 {shortfall}。",
    }
    learned_markup(charges, percent) {
        en: "The cost of conversion is put at {percent} %, the middle value of {charges} with this card.",
        zh: "换汇成本按 {percent} % 计，取自此卡 {charges}的中位数。",
    }
    markup_unknown(charges) {
        en: "This card has {charges}: too few to say what conversion costs with it.",
        zh: "此卡有 {charges}：太少，无法得知换汇成本。",
    }
    paid_elsewhere(invoice, files) {
        en: "Invoice {invoice} is marked paid, but no such charge is in {files}: most likely another card or account paid it.",
        zh: "账单 {invoice} 显示已付，但 {files} 中没有对应扣款：很可能是用别的卡或账户付的。",
    }
    paid_day_not_covered(invoice, from, to) {
        en: "Invoice {invoice} is marked paid, but no statement given covers {from} to {to}.",
        zh: "账单 {invoice} 显示已付，但所给流水没有覆盖 {from} 至 {to}。",
    }
    unpaid_invoice(invoice, due) {
        en: "Invoice {invoice}, due {due}, is open and nothing was charged for it.",
        zh: "账单 {invoice}（{due} 到期）未付，也没有为它扣款。",
    }
    interchangeable(count) {
        en: "It may be any of {count} equal rows; the amount is the same.",
        zh: "可能是 {count} 行相同记录中的任一行；金额都一样。",
    }
    other_assignment() {
        en: "The rows could be paired in another way that fits as well and would change this result: check by hand.",
        zh: "这些记录还有另一种同样合理的配对，会改变结论：请人工核对。",
    }
    ask_issuer() {
        en: "The merchant may have no record of this charge at all: ask the card issuer as well.",
        zh: "商户可能根本没有这笔扣款的记录：请同时询问发卡银行。",
    }
    ask_paypal() {
        en: "The merchant may have no record of this charge at all: ask PayPal as well.",
        zh: "商户可能根本没有这笔扣款的记录：请同时询问 PayPal。",
    }
    conversion_cost_above(reference_cost, markup, percent, rate, day) {
        en: "For information: {markup} ({percent} %) above the reference cost of {reference_cost} (reference rate of {day}: {rate}).",
        zh: "仅供参考：比参考成本 {reference_cost}（{day} 参考汇率：{rate}）多 {markup}，即 {percent} %。",
    }
    conversion_cost_below(reference_cost, markup, percent, rate, day) {
        en: "For information: {markup} ({percent} %) below the reference cost of {reference_cost} (reference rate of {day}: {rate}).",
        zh: "仅供参考：比参考成本 {reference_cost}（{day} 参考汇率：{rate}）少 {markup}，即 {percent} %。",
    }
    ruled_out(what) { en: "Ruled out: {what}.", zh: "已排除：{what}。" }
    ruled_out_by(what, evidence) { en: "Ruled out: {what}, because {evidence}.", zh: "已排除：{what}，因为{evidence}。" }
    not_ruled_out(what) { en: "Could not be ruled out: {what}.", zh: "未能排除：{what}。" }
}
