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
}
