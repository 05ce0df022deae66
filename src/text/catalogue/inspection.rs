//! How a file was understood.

super::messages! {
    inspect_encoding() { en: "Encoding", zh: "编码" }
    inspect_records(records, relevant) { en: "{records}, of which {relevant} concern OpenAI", zh: "{records} 条，其中 {relevant} 条与 OpenAI 有关" }
    inspect_period(from, to) { en: "{from} to {to}", zh: "{from} 至 {to}" }
    inspect_balance() { en: "Balance", zh: "余额" }
    inspect_break(after, before, from, to) {
        en: "does not continue between lines {after} and {before}: rows from {from} to {to} may be missing",
        zh: "第 {after} 行与第 {before} 行之间不连续：{from} 至 {to} 可能缺少记录",
    }
    inspect_continues() { en: "continues from row to row", zh: "逐行连续" }
    inspect_rejected() { en: "Passed over", zh: "跳过的行" }
    inspect_layout() { en: "Layout", zh: "版式" }
    inspect_delimiter() { en: "Delimiter", zh: "分隔符" }
    inspect_header() { en: "Header", zh: "标题行" }
    inspect_line(line) { en: "line {line}", zh: "第 {line} 行" }
    inspect_no_header() { en: "none: the columns are known by what they hold", zh: "无：各列按内容识别" }
    inspect_preamble() { en: "Above", zh: "表前内容" }
    inspect_passed_over() { en: "No record", zh: "非记录行" }
    inspect_more(lines) { en: "and {lines} more", zh: "另有 {lines} 行" }
    inspect_dates() { en: "Dates", zh: "日期顺序" }
    inspect_mark() { en: "Decimal mark", zh: "小数点" }
    inspect_sign() { en: "Sign", zh: "正负号" }
    inspect_currency() { en: "Currency", zh: "货币" }
    inspect_decided_at(value, line, cell) { en: "{value}, by line {line}: `{cell}`", zh: "{value}，依据第 {line} 行：`{cell}`" }
    inspect_columns() { en: "Columns", zh: "各列" }
    inspect_untitled(number) { en: "column {number}", zh: "第 {number} 列" }
}
