//! Reference rates: whose they are, what they know, how a figure is worked out again, and what to hold for a payment.

super::messages! {
    rates_known(source, last_day) { en: "{source}, known up to {last_day}", zh: "{source}，已知至 {last_day}" }
    rates_named(sources) {
        en: "{sources}. Reference rates are a yardstick for comparison, for information only; nobody owed that rate.",
        zh: "{sources}。参考汇率仅作比较的尺度，供参考；任何一方都没有义务按此汇率结算。",
    }
    yardstick(steps, publisher, day) {
        en: "{steps}, {publisher} of {day}",
        zh: "{steps}，{day} {publisher}",
    }
    yardstick_carried(steps, publisher, day) {
        en: "{steps}, last {publisher} before the charge, {day}",
        zh: "{steps}，扣款前最近的 {day} {publisher}",
    }
    yardstick_given(steps) { en: "{steps}, the rate given by the user", zh: "{steps}，用户提供的汇率" }
    times(figure) { en: "x {figure}", zh: "× {figure}" }
    over(figure) { en: "/ {figure}", zh: "÷ {figure}" }
    publisher_ecb() { en: "ECB rate", zh: "欧洲央行汇率" }
    publisher_federal_reserve() { en: "Federal Reserve rate", zh: "美联储汇率" }
    publisher_pboc() { en: "PBoC central parity", zh: "人民币汇率中间价" }
    publisher_stated() { en: "rate of the given table", zh: "所给表中的汇率" }

    rates_heading() { en: "Reference rates", zh: "参考汇率" }
    rates_period(from, to, currency) {
        en: "{from} to {to}, all against {currency}",
        zh: "{from} 至 {to}，均以 {currency} 为基准",
    }
    rates_known_to(day) { en: "Known to {day}", zh: "已知至 {day}" }
    rates_never() { en: "No figure", zh: "没有数据" }
    rates_order() {
        en: "Two currencies are compared by the first of these that knows both, on every day: two series are never mixed, and one does not fill the gaps of another.",
        zh: "两种货币的比较，每一天都用以上第一个同时含有两者的数据；不同来源绝不混用，也不互相填补缺口。",
    }
    rates_missing() {
        en: "A day after the last, or one that should be there and is not, has no rate: what rests on it cannot be decided. Only weekends and the publisher's days off are answered with the day before.",
        zh: "最后一天之后的日子，以及应有而没有的日子，一律视为没有汇率，依赖它的问题无法判断。只有周末和发布机构的休息日沿用之前最近的一天。",
    }
    rates_update() {
        en: "To bring them up to date (payproof never uses the network), download one of these and name it:",
        zh: "更新方法（payproof 从不联网）：下载以下任一文件，再指明它：",
    }
    rates_update_history(option) {
        en: "the whole history, ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip, unzipped: {option}",
        zh: "完整历史，ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip，解压后：{option}",
    }
    rates_update_day(option) {
        en: "today alone, ecb.europa.eu/stats/eurofxref/eurofxref.zip, unzipped, beside the built-in table: {option}",
        zh: "仅当天，ecb.europa.eu/stats/eurofxref/eurofxref.zip，解压后，与内置表一起用：{option}",
    }
    rates_update_other(option) {
        en: "currencies that the ECB does not quote: FRED (DEXTAUS for TWD), Federal Reserve H.10, the PBoC central parity, or a CSV of your own with the titles date,base,quote,rate: {option}",
        zh: "欧洲央行没有的货币：FRED（TWD 为 DEXTAUS）、美联储 H.10、人民币汇率中间价，或自制 CSV，列名为 date,base,quote,rate：{option}",
    }

    needed_heading(amount, currency, day) {
        en: "{amount}, to be paid in {currency} on {day}",
        zh: "{day} 以 {currency} 支付 {amount}",
    }
    needed_asked() { en: "Asked for", zh: "应付" }
    needed_reference() { en: "At the reference rate", zh: "按参考汇率" }
    needed_markup(percent) { en: "Markup in the rate, {percent} %", zh: "汇率内加价 {percent} %" }
    needed_component(name, percent) { en: "{name}, {percent} %", zh: "{name}：{percent} %" }
    needed_card_fee() { en: "Card fee", zh: "银行卡手续费" }
    needed_at_rate() { en: "Needed at this rate", zh: "按此汇率共需" }
    needed_margin(percent) { en: "Margin, {percent} % on the rate", zh: "汇率余量 {percent} %" }
    needed_keep() { en: "Keep at least", zh: "至少备有" }
    needed_load() { en: "To have it, load", zh: "为此须充值" }
    needed_worked(steps, result, publisher, day) {
        en: "For information, to be checked on a calculator: {steps} = {result} ({publisher} of {day}).",
        zh: "仅供参考，可用计算器复核：{steps} = {result}（{day} {publisher}）。",
    }
    needed_older(day, known) {
        en: "There is no rate for {day} yet: the last one known is of {known}, and the margin covers the days between.",
        zh: "{day} 尚无汇率：采用已知的最后一天 {known}，余量已计入其间的天数。",
    }
    needed_carried(day, known) {
        en: "{day} is a day off: the rate of {known} stands.",
        zh: "{day} 为休息日：沿用 {known} 的汇率。",
    }
    needed_rise(rows, stretches, from, to, percent, largest) {
        en: "The margin: over {rows} rates in a row, the rate rose by no more than {percent} % in 99 of 100 cases ({stretches} cases, {from} to {to}); the most was {largest} %. What comes may differ.",
        zh: "余量的依据：在连续 {rows} 个汇率之间，100 次中有 99 次涨幅不超过 {percent} %（共 {stretches} 次，{from} 至 {to}）；最大为 {largest} %。今后可能不同。",
    }
    needed_no_rise() {
        en: "No margin: too few rates are known to say how far it moves. Keep some more.",
        zh: "没有余量：已知汇率太少，无法得知波动幅度。请多留一些。",
    }
    needed_tax(name, currency) {
        en: "{name} is a tax on conversions of {currency} accounts, with the percentage known for that day.",
        zh: "{name} 是对 {currency} 账户换汇征收的税，按当天已知的税率计。",
    }
    needed_top_up(percent) {
        en: "{percent} % of what is loaded onto the card is taken for that: a cost of loading, not of the conversion.",
        zh: "充值时收取所充金额的 {percent} %：这是充值的成本，不是换汇的成本。",
    }
    needed_note() {
        en: "The reference rate is a yardstick for comparison, for information only. The rate of the card is known only afterwards.",
        zh: "参考汇率仅作比较的尺度，供参考。银行卡实际所用的汇率事后才能知道。",
    }
    described_costs(name, cost) {
        en: "The cost of conversion, {cost}, follows from what payproof.toml says of {name}.",
        zh: "换汇成本 {cost} 按 payproof.toml 中对 {name} 的说明计算。",
    }

    statement_rate(currency, rate, original, account) {
        en: "The statement itself converts at {rate} for 1 {currency} ({original} is {account}); there is no reference rate to hold it against.",
        zh: "流水本身的汇率为 1 {currency} = {rate}（{original} 即 {account}）；没有参考汇率可供比较。",
    }
    looks_like_tax(gross, net, percent, countries) {
        en: "{gross} is {net} and {percent} %, to the cent: the standard tax of {countries}. A tax, then, not a rate; ask for the tax invoice.",
        zh: "{gross} 正好是 {net} 加 {percent} %：即 {countries} 的标准税率。这是税，不是汇率；请索取税务发票。",
    }
    without_its_tax(subtotal, total) {
        en: "{subtotal} is the invoice of {total} without its tax: the difference is tax, not a rate.",
        zh: "{subtotal} 正好是账单 {total} 的税前金额：差额是税，不是汇率。",
    }
    fits_local_conversion(invoice, total, charged, lo, hi) {
        en: "Check first: invoice {invoice} for {total} has no charge, and {charged} is as far above its reference cost as conversion at the merchant, or a local price, often is ({lo} to {hi} %). If the receipt says so, describe the card in payproof.toml with the channel dcc.",
        zh: "请先核对：账单 {invoice}（{total}）没有对应扣款，而 {charged} 高出其参考成本的幅度正是商户端换汇或本地标价的常见范围（{lo} 至 {hi} %）。若购买凭证如此注明，请在 payproof.toml 中把该卡的 channel 写为 dcc。",
    }
    statement_rate_key() { en: "Statement's own rate", zh: "流水本身的汇率" }
    statement_rate_beside() { en: "Charged beside that rate", zh: "在该汇率之外另收" }
    statement_rate_fact(rate, percent) { en: "{rate} ({percent} % over the reference)", zh: "{rate}（高出参考汇率 {percent} %）" }
    no_rate_to_compare(from, to, day, known_to) {
        en: "There is no reference rate of {from} in {to} for {day} (known up to {known_to}): whether conversion was the cause cannot be told.",
        zh: "{day} 没有 {from} 兑 {to} 的参考汇率（已知至 {known_to}）：无法判断是否由换汇所致。",
    }

    renewals_heading() { en: "Next payments", zh: "下一次付款" }
    renewal(what, day, amount) { en: "From {day} on: {what}, {amount}.", zh: "最早 {day}：{what}，{amount}。" }
    renewal_account(what, account) { en: "{what} ({account})", zh: "{what}（{account}）" }
    renewal_keep(keep, needed, margin) {
        en: "Keep at least {keep} for it: {needed} at the last rate known, and a margin of {margin}.",
        zh: "请至少备有 {keep}：按已知的最后一个汇率需 {needed}，另加余量 {margin}。",
    }
    renewal_keep_same(keep) { en: "Keep at least {keep} for it.", zh: "请至少备有 {keep}。" }
    renewal_load(load) { en: "To have it on the card, load {load}.", zh: "为此须向卡内充值 {load}。" }
    renewal_no_rate() {
        en: "There is no reference rate from which the balance to keep could be reckoned.",
        zh: "没有可用来推算所需余额的参考汇率。",
    }
    basis_described(name) { en: "What conversion costs is taken from payproof.toml ({name}).", zh: "换汇成本取自 payproof.toml（{name}）。" }
    basis_learned(percent, charges) {
        en: "Conversion is put at {percent} %, the middle value of {charges} with the same card or account.",
        zh: "换汇成本按 {percent} % 计，取自同一张卡或账户 {charges}的中位数。",
    }
    basis_band(percent, channel) {
        en: "Nothing is known of this card or account, so conversion is put at {percent} %, the most that is usual for {channel}.",
        zh: "对这张卡或账户一无所知，换汇成本按{channel}通常的上限 {percent} % 计。",
    }
    renewal_expires(card, day) {
        en: "The card {card} can be used up to {day}, before that: replace it in time.",
        zh: "{card} 卡只能用到 {day}，早于付款日：请及时更换。",
    }
    card_expires(name, day) { en: "The card {name} can be used up to {day}.", zh: "{name} 卡可用至 {day}。" }
    calendar_name() { en: "OpenAI payments", zh: "OpenAI 付款提醒" }
    calendar_renewal(what, keep) { en: "{what}: keep {keep}", zh: "{what}：备有 {keep}" }
    calendar_renewal_plain(what, amount) { en: "{what}: {amount} due", zh: "{what}：应付 {amount}" }
    calendar_card(name) { en: "Card {name} expires: replace it at OpenAI", zh: "{name} 卡到期：请在 OpenAI 更换" }
    calendar_empty() {
        en: "No payment to come is known from these files, and no card's expiry: no calendar was written.",
        zh: "从这些文件看不出今后的付款，也不知道银行卡有效期：没有写出日历。",
    }
}
