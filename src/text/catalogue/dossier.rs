//! What the page and the PDF say around the reasons: headings, columns, roles of rows, parts of an amount, evidence.

super::messages! {
    case_heading(day, verdict) { en: "{day}, {verdict}", zh: "{day}，{verdict}" }
    cases_caption() { en: "The purchases", zh: "各笔购买" }
    verdicts_caption() { en: "How many of each", zh: "各结论笔数" }
    column_count() { en: "Number", zh: "笔数" }
    column_case() { en: "Case", zh: "案例" }
    column_role() { en: "What", zh: "内容" }
    column_place() { en: "Where", zh: "出处" }
    column_amount() { en: "Amount", zh: "金额" }
    column_text() { en: "Text", zh: "文字" }
    column_id() { en: "Identifier", zh: "编号" }
    column_part() { en: "Part", zh: "组成" }
    column_by() { en: "By", zh: "最迟" }
    column_source() { en: "Source", zh: "依据" }
    column_file() { en: "File", zh: "文件" }
    column_format() { en: "Format", zh: "格式" }
    column_covers() { en: "Covers", zh: "覆盖" }
    column_records() { en: "Records", zh: "记录" }
    column_digest() { en: "SHA-256", zh: "SHA-256" }
    key_account() { en: "Account", zh: "账号" }
    key_claim_from() { en: "Claim from", zh: "索赔对象" }
    key_confidence() { en: "Confidence", zh: "把握" }

    happened_heading() { en: "What happened", zh: "经过" }
    chain_heading() { en: "The rows", zh: "依据的各行" }
    chain_caption(case) { en: "The rows that case {case} rests on", zh: "案例 {case} 所依据的各行" }
    conversion_heading() { en: "The conversion", zh: "货币换算" }
    ruled_out_heading() { en: "What was ruled out, and how we know", zh: "已排除的可能及依据" }
    open_heading() { en: "What could not be ruled out", zh: "未能排除的可能" }
    absence_heading() { en: "What rests on an absence", zh: "以“没有”为依据之处" }
    deadlines_heading() { en: "Deadlines", zh: "期限" }
    deadlines_caption(case) { en: "Last days for case {case}", zh: "案例 {case} 的最后日期" }
    deadlines_note() { en: "Information, not legal advice.", zh: "仅供参考，不构成法律意见。" }
    sources_heading() { en: "The files", zh: "文件" }
    sources_caption() { en: "The files read, and their digests", zh: "读取的文件及其摘要" }
    rejected_heading() { en: "Rows passed over", zh: "跳过的行" }
    rejected_row(place, reason) { en: "{place}: {reason}", zh: "{place}：{reason}" }
    made_by(version) { en: "Made by payproof {version} from these files alone.", zh: "由 payproof {version} 仅根据以上文件生成。" }

    timeline_title(case) { en: "Case {case} day by day", zh: "案例 {case} 的时间线" }
    timeline_caption() { en: "What happened when", zh: "时间线" }
    as_of_here(day) { en: "as of {day}", zh: "截至 {day}" }
    paid_for(from, to) { en: "paid for {from} to {to}", zh: "已付期间 {from} 至 {to}" }
    shown_in_force(from, to) { en: "shown for {from} to {to}", zh: "页面所示期间 {from} 至 {to}" }
    seen_as(day, role, text) { en: "{day} {role}: {text}", zh: "{day} {role}：{text}" }
    other_charge(day, amount) { en: "{day} other charge {amount}", zh: "{day} 另一笔扣款 {amount}" }
    missing_invoice(day) { en: "{day} no invoice", zh: "{day} 没有账单" }
    missing_charge(day) { en: "{day} no charge on the statements", zh: "{day} 流水中没有扣款" }
    missing_credit(amount, from, to) { en: "no credit of {amount}, {from} to {to}", zh: "{from} 至 {to} 没有额度 {amount}" }
    missing_refund(from, to) { en: "no refund, {from} to {to}", zh: "{from} 至 {to} 没有退款" }

    parts_of_charge() { en: "What the charge consists of", zh: "扣款的组成" }
    parts_of_refund() { en: "From what was paid to what came back", zh: "从付款到退款" }
    parts_of_payment() { en: "From what was sent to what was invoiced", zh: "从付出到应付" }
    parts_of_decline() { en: "What was needed and what the card held", zh: "所需金额与卡内余额" }
    parts_cut() { en: "The bars do not begin at zero.", zh: "图条并非从零开始。" }
    parts_add_up() { en: "Each total is the sum of what stands above it.", zh: "每个合计等于其上各项之和。" }
    part_reference_cost() { en: "Price at the reference rate", zh: "按参考汇率的价格" }
    part_markup() { en: "Markup inside the rate", zh: "汇率内的加价" }
    part_markup_expected() { en: "Usual markup of this card", zh: "此卡通常的加价" }
    part_fees() { en: "Separate fees", zh: "单列手续费" }
    part_taxes() { en: "Separate taxes", zh: "单列税费" }
    part_paid() { en: "Paid", zh: "付款" }
    part_buying_cost() { en: "Cost of buying, not given back", zh: "购汇成本，不退" }
    part_rate_move() { en: "Move of the rate", zh: "汇率变动" }
    part_refund_spread() { en: "Cost of converting back", zh: "换回成本" }
    part_unexplained() { en: "Missing, not explained", zh: "缺少，原因不明" }
    part_back() { en: "Came back", zh: "退回" }
    part_sent() { en: "Sent, at the reference rate", zh: "付出，按参考汇率" }
    part_spread() { en: "Taken by the conversion", zh: "换算扣去" }
    part_arrived() { en: "Arrived", zh: "到账" }
    part_missing() { en: "Missing", zh: "缺少" }
    part_invoiced() { en: "Invoiced", zh: "账单金额" }
    part_needed() { en: "Needed", zh: "所需" }
    part_short() { en: "Short", zh: "差额" }
    part_available() { en: "On the card", zh: "卡内余额" }
    usual_range(lo, hi, channel) { en: "{lo} to {hi} % ({channel})", zh: "{lo} 至 {hi} %（{channel}）" }
    key_usual_range() { en: "Usual range", zh: "通常范围" }

    absence_list(file, rows, as_of) {
        en: "{file}, {rows}, taken to be complete up to {as_of}",
        zh: "{file}，{rows}，视为截至 {as_of} 完整",
    }
    absence_statement(file, rows, from, to) {
        en: "{file}, {rows}, covers {from} to {to}",
        zh: "{file}，{rows}，覆盖 {from} 至 {to}",
    }
    absence_note() {
        en: "If a row is missing from these files, this verdict may be wrong.",
        zh: "若这些文件缺行，此结论可能有误。",
    }

    role_charge() { en: "charge", zh: "扣款" }
    role_authorization() { en: "hold", zh: "预授权" }
    role_decline() { en: "declined", zh: "被拒" }
    role_funding() { en: "funding", zh: "出资" }
    role_conversion() { en: "conversion", zh: "货币换算" }
    role_fee() { en: "fee", zh: "手续费" }
    role_refund() { en: "refund", zh: "退款" }
    role_refund_recorded() { en: "refund recorded", zh: "退款记录" }
    role_release() { en: "hold released", zh: "预授权解除" }
    role_attempt() { en: "attempt", zh: "尝试付款" }
    role_invoice() { en: "invoice", zh: "账单" }
    role_receipt() { en: "receipt", zh: "收据" }
    role_order() { en: "order", zh: "订单" }
    role_payment_failed() { en: "payment failed", zh: "付款失败" }
    role_credit_grant() { en: "credit added", zh: "额度到账" }
    role_credit_note() { en: "credit note", zh: "红字账单" }
    role_cancellation() { en: "cancellation", zh: "取消" }
    role_plan_state() { en: "account showed", zh: "账户显示" }
    role_usage() { en: "usage", zh: "使用" }

    side_statement() { en: "statement", zh: "流水" }
    side_billing() { en: "billing", zh: "账单资料" }
    side_plan() { en: "plan page", zh: "套餐页面" }
    side_attempts() { en: "attempts", zh: "付款尝试" }
}
