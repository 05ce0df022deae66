//! What the files cannot show, innocent explanations, and the channels of a conversion.

super::messages! {
    notice_no_billing_list() {
        en: "No billing list was given, so no charge is reported for want of an invoice. To write one, start from: payproof formats template billing",
        zh: "没有提供账单列表，因此不会仅因没有账单而指控任何扣款。可从模板开始填写：payproof formats template billing",
    }
    notice_no_statement() {
        en: "No bank, card or PayPal statement was given.",
        zh: "没有提供银行、银行卡或 PayPal 流水。",
    }
    notice_no_plan_side() {
        en: "No file shows the account itself, so activation is presumed from invoices.",
        zh: "没有文件显示账户本身，是否开通只能由账单推定。",
    }
    notice_exports_disagree(first, second, day) {
        en: "{first} and {second} overlap but differ on {day}; both were kept whole.",
        zh: "{first} 与 {second} 时间重叠，但 {day} 的内容不同；两份均完整保留。",
    }
    notice_exports_merged(first, second, rows) {
        en: "{first} and {second} overlap; {rows} in both were counted once.",
        zh: "{first} 与 {second} 时间重叠；两份共有的 {rows}只计一次。",
    }
    notice_balance_break(file, after_line, before_line, from, to) {
        en: "In {file} the balance does not continue from line {after_line} to line {before_line}: rows are missing or stand twice, so nothing is concluded from a missing row between {from} and {to}.",
        zh: "{file} 第 {after_line} 行到第 {before_line} 行余额不连续：有缺行或重复，因此 {from} 至 {to} 之间缺少的记录不作为依据。",
    }
    notice_rows_skipped(file, rows) {
        en: "Skipped as unreadable: {rows} of {file}; nothing is concluded from a missing row around there.",
        zh: "{file} 有 {rows}无法读取，已跳过；其前后缺少的记录不作为依据。",
    }
    notice_currency_unknown(file, rows) {
        en: "{rows} of {file} without a currency took no part. Name it: --currency {file}=USD",
        zh: "{file} 有 {rows}未注明币种，未参与核对。请指明：--currency {file}=USD",
    }
    notice_ignored(file) {
        en: "{file} is not a file of a known kind and was ignored.",
        zh: "{file} 不是已知类型的文件，已忽略。",
    }
    notice_orphan_wallet_row(place) {
        en: "Part of a purchase that is not in the file: {place}",
        zh: "以下记录所属的购买不在该文件中：{place}",
    }
    notice_reseller_row(place) {
        en: "Charged by a reseller or look-alike, so the dispute is with them: {place}",
        zh: "由转售商或名称相似的商户扣款，争议应找对方：{place}",
    }
    notice_mention_row(place) {
        en: "Names the merchant in a text but somebody else as the other party, so it counts as theirs: {place}",
        zh: "文字中提到该商户，但交易对方是别人，因此按别人的款项处理：{place}",
    }
    notice_config_found(file, sha256) {
        en: "Settings were taken from {file} (SHA-256 {sha256}).",
        zh: "已采用 {file} 中的设置（SHA-256 {sha256}）。",
    }

    innocent_propagation_delay() { en: "late activation", zh: "开通延迟" }
    innocent_other_login() { en: "another login or organisation", zh: "另一个登录账号或组织" }
    innocent_pending_hold() { en: "a mere hold", zh: "预授权冻结" }
    innocent_promotion() { en: "a promotion or free plan", zh: "促销或赠送套餐" }
    innocent_store_subscription() { en: "a store subscription", zh: "商店订阅" }
    innocent_spend_limit() { en: "a spend limit", zh: "消费上限" }
    innocent_negative_balance() { en: "credit used up by a negative balance", zh: "额度抵扣了欠款" }
    innocent_reseller() { en: "a reseller", zh: "转售商" }
    evidence_booked() { en: "the charge is booked", zh: "扣款已入账" }
    evidence_grace_over() { en: "two days or more have passed since", zh: "扣款后已过两天或更久" }
    evidence_own_name() { en: "the statement names the merchant itself", zh: "流水列明商户本身" }
    item_by_evidence(what, evidence) { en: "{what} ({evidence})", zh: "{what}（{evidence}）" }

    channel_scheme() { en: "a card without issuer markup", zh: "发卡行不加价的银行卡" }
    channel_card_embedded_fee() { en: "a card with the fee in the rate", zh: "手续费含在汇率中的银行卡" }
    channel_bank_conversion() { en: "a bank's selling rate", zh: "银行售汇价" }
    channel_fintech() { en: "a fintech account", zh: "互联网金融账户" }
    channel_paypal() { en: "PayPal's own conversion", zh: "PayPal 换汇" }
    channel_adaptive_pricing() { en: "a local price with the conversion inside", zh: "含换汇的本地标价" }
    channel_dcc() { en: "conversion at the merchant", zh: "商户端换汇" }
    channel_wire() { en: "a bank transfer", zh: "银行电汇" }
    channel_unknown() { en: "an unknown way of conversion", zh: "未知换汇渠道" }
}
