//! Headings, keys and the lines of the summary.

super::messages! {
    heading(purchases, as_of) { en: "{purchases} followed, as of {as_of}", zh: "共核对 {purchases}，截至 {as_of}" }
    column_verdict() { en: "Verdict", zh: "结论" }
    column_day() { en: "Day", zh: "日期" }
    column_paid() { en: "Paid", zh: "付款" }
    column_invoiced() { en: "Invoiced", zh: "账单" }
    column_at_stake() { en: "At stake", zh: "可索赔" }
    column_why() { en: "Why", zh: "原因" }
    column_rows() { en: "Rows", zh: "出处" }
    key_next() { en: "Next", zh: "下一步" }
    key_note() { en: "Note", zh: "注意" }
    key_claim() { en: "Claim", zh: "索赔" }
    key_open() { en: "Check", zh: "先核对" }
    key_ruled_out() { en: "Ruled out", zh: "已排除" }
    claim_from(amount, addressee) { en: "{amount} from {addressee}", zh: "向 {addressee} 索赔 {amount}" }
    claim_without_amount(addressee) { en: "from {addressee}", zh: "向 {addressee} 索赔" }
    deadline(by, what) { en: "by {by} ({what})", zh: "最迟 {by}（{what}）" }
    check_first(what) { en: "not ruled out: {what}", zh: "未能排除：{what}" }
    verdict_with(verdict, cause) { en: "{verdict}: {cause}", zh: "{verdict}：{cause}" }
    confidence_note(confidence) { en: "The pairing of rows is {confidence}: check by hand.", zh: "记录的配对{confidence}：请人工核对。" }

    no_cases() { en: "There is no purchase in these files.", zh: "这些文件中没有任何购买。" }
    summary_heading() { en: "Summary", zh: "汇总" }
    total_at_stake(count, purchases, amounts) {
        en: "A claim can be made for {count} of {purchases}: {amounts}",
        zh: "{purchases}中有 {count} 笔可以索赔：{amounts}",
    }
    claimable_count(count, purchases) {
        en: "A claim can be made for {count} of {purchases}, in all for:",
        zh: "{purchases}中有 {count} 笔可以索赔，合计：",
    }
    nothing_at_stake() { en: "There is nothing to claim.", zh: "没有可索赔的款项。" }
    to_ticket() {
        en: "To paste into a ticket: payproof reconcile FILES --format markdown",
        zh: "需要贴进工单时：payproof reconcile 文件 --format markdown",
    }
    lists_complete() {
        en: "Billing lists are taken to be complete up to the as-of day. If yours begins later than your charges, say from when: --billing-from DAY",
        zh: "账单列表视为完整，直至截至日。若列表起始晚于扣款，请注明起始日：--billing-from 日期",
    }
    as_of(day) { en: "As of: {day}", zh: "截至：{day}" }
    cannot_show() { en: "What to know about these files", zh: "关于这些文件" }
    rates_given(last_day) {
        en: "Reference rates: given by the user, known up to {last_day}. They are a yardstick for comparison, for information only; nobody owed that rate.",
        zh: "参考汇率：由用户提供，已知至 {last_day}。仅作比较的尺度，供参考；任何一方都没有义务按此汇率结算。",
    }
    conversion_above(markup, percent, reference_cost, yardstick) {
        en: "For information: {markup} ({percent} %) above the reference cost of {reference_cost} ({yardstick}).",
        zh: "仅供参考：比参考成本 {reference_cost}（{yardstick}）多 {markup}，即 {percent} %。",
    }
    conversion_below(markup, percent, reference_cost, yardstick) {
        en: "For information: {markup} ({percent} %) below the reference cost of {reference_cost} ({yardstick}).",
        zh: "仅供参考：比参考成本 {reference_cost}（{yardstick}）少 {markup}，即 {percent} %。",
    }
    reference_cost(reference_cost, yardstick) {
        en: "For information: the reference cost is {reference_cost} ({yardstick}).",
        zh: "仅供参考：参考成本为 {reference_cost}（{yardstick}）。",
    }
    fees_apart(fees) { en: "Separate fees of {fees} come on top.", zh: "另有单列的手续费 {fees}。" }
    taxes_apart(taxes) { en: "Separate taxes of {taxes} come on top.", zh: "另有单列的税费 {taxes}。" }
}
