//! The evidence bundle: what was written, what a check found, what is still missing for a claim.

super::messages! {
    bundle_written(place) { en: "Written: {place}", zh: "已写入：{place}" }
    bundle_holds(cases, rows, files) { en: "Purchases claimed: {cases}. Rows cited: {rows}. Files in the bundle: {files}.", zh: "索赔 {cases} 笔，引用 {rows} 行，共 {files} 个文件。" }
    bundle_renamed(from, to) { en: "{from} stands in the bundle as {to}.", zh: "{from} 在证据包中的名称为 {to}。" }
    bundle_sources_included(files) {
        en: "Whole source files are included as they are ({files}): everything in them can be read by whoever gets the bundle.",
        zh: "按要求原样附上了完整的原始文件（{files} 个）：收到证据包的人可以看到其中的一切。",
    }
    bundle_source_with_link(file) {
        en: "{file} was left out: it holds a link to the payment portal, which works for whoever has it. What was read of it is in the bundle.",
        zh: "未附上 {file}：其中有付款页面的链接，谁拿到都能用。从中读到的内容已在证据包里。",
    }
    bundle_source_with_token(file) {
        en: "{file} was left out: it holds a token or key that opens an account. What was read of it is in the bundle.",
        zh: "未附上 {file}：其中有可以登录账户的令牌或密钥。从中读到的内容已在证据包里。",
    }
    bundle_private_card() { en: "a card number", zh: "银行卡号" }
    bundle_private_iban() { en: "a bank account number (IBAN)", zh: "银行账号（IBAN）" }
    bundle_private_phone() { en: "a telephone number", zh: "电话号码" }
    bundle_private_identity() { en: "an identity number", zh: "身份证号" }
    bundle_private_mail() { en: "an e-mail address other than the claimed account's", zh: "非索赔账号的邮箱地址" }

    bundle_valid() { en: "The bundle is valid.", zh: "证据包有效。" }
    bundle_not_valid() { en: "The bundle is not valid:", zh: "证据包无效：" }
    bundle_checked_files(files) {
        en: "Checked: {files} files, their digests, their names, and that there is no other.",
        zh: "已核验：{files} 个文件及其摘要和名称，且没有多余文件。",
    }
    bundle_total(amounts) { en: "Total at stake: {amounts}", zh: "可索赔合计：{amounts}" }
    bundle_checked_figures(cases, rows) {
        en: "Checked: days and amounts of {cases} purchases against {rows} cited rows, what is at stake, and the sums.",
        zh: "已核验：{cases} 笔购买的日期和金额与 {rows} 个引用行一致，索赔金额与合计无误。",
    }
    bundle_absences() {
        en: "The bundle alone cannot show that something is not there. These verdicts rest on an absence:",
        zh: "证据包本身不能证明某事物不存在。以下结论以“没有记录”为据：",
    }
    bundle_missing(file) { en: "{file} is missing.", zh: "缺少 {file}。" }
    bundle_changed(file) { en: "{file} was changed.", zh: "{file} 已被改动。" }
    bundle_extra(file) { en: "{file} is in no manifest.", zh: "{file} 不在清单中。" }
    bundle_unsafe_name(file) { en: "{file} is a name that must not stand in a bundle.", zh: "{file} 是证据包中不允许的名称。" }
    bundle_tag_file(file) { en: "{file} does not fit the files of the bundle.", zh: "{file} 与证据包中的文件不符。" }
    bundle_unreadable(file) { en: "{file} cannot be read.", zh: "{file} 无法读取。" }
    bundle_sources_differ() { en: "Report and rows name different files or days.", zh: "报告与引用行所列的文件或日期不一致。" }
    bundle_table_differs(file) { en: "{file} does not say what the data beside it says.", zh: "{file} 与相应数据不一致。" }
    bundle_row_day(line) { en: "The cells of the row of line {line} do not say its day.", zh: "第 {line} 行的单元格与其日期不符。" }
    bundle_row_amount(line) { en: "The cells of the row of line {line} do not say its amount.", zh: "第 {line} 行的单元格与其金额不符。" }
    bundle_row_uncited(line) { en: "No purchase cites the row of line {line}.", zh: "没有任何购买引用第 {line} 行。" }
    bundle_line_missing(case, line) { en: "{case}: line {line} is not among the rows with that day and amount.", zh: "{case}：引用行中没有日期和金额相同的第 {line} 行。" }
    bundle_no_amount(case) { en: "{case}: an amount cannot be read.", zh: "{case}：有金额无法读取。" }
    bundle_not_from_rows(case, money) { en: "{case}: {money} does not follow from the rows.", zh: "{case}：{money} 不能由引用行得出。" }
    bundle_stake_too_large(case) { en: "{case}: what is at stake does not fit what was paid.", zh: "{case}：索赔金额与付款金额不符。" }
    bundle_sums_differ() { en: "The sums are not those of the purchases.", zh: "合计与各笔购买不符。" }
    bundle_source_unknown(file) { en: "{file} is not one of the files cited.", zh: "{file} 不是所引用的文件。" }
    bundle_damaged() { en: "The archive is damaged or was changed.", zh: "压缩包已损坏或被改动。" }
    bundle_unsafe() { en: "The archive or folder holds a link or a name that leads elsewhere; it was not read.", zh: "压缩包或文件夹含有链接或指向别处的名称，未予读取。" }
    bundle_too_large() { en: "The bundle would take more room than a bundle may; it was not read.", zh: "证据包超出允许的大小，未予读取。" }
    bundle_none() { en: "This is not a bundle of payproof's.", zh: "这不是 payproof 的证据包。" }

    ready_nothing() { en: "No purchase in these files can be claimed.", zh: "这些文件中没有可以索赔的购买。" }
    ready_complete() { en: "Nothing is missing for a strong claim.", zh: "材料齐全，可以有力地索赔。" }
    ready_no_observation() {
        en: "Nobody wrote down what the plan or credit page showed. Look, note day and plan: payproof formats template observations",
        zh: "没有套餐页或额度页的记录。请查看并记下日期与套餐：payproof formats template observations",
    }
    ready_no_receipt() {
        en: "No invoice or receipt is cited. If one exists, add it to the billing list.",
        zh: "没有引用任何账单或收据。如有，请加入账单列表。",
    }
    ready_no_card() {
        en: "No row says the last four digits of the card. Add them as payment_method in the billing list, or use an export that has them.",
        zh: "没有任何行注明卡号末四位。请在账单列表的 payment_method 中填写，或使用含末四位的导出文件。",
    }
    ready_pending() { en: "The payment is still pending on the statement. Wait until it is booked.", zh: "流水显示付款仍在处理中。请等到入账。" }
    ready_no_account() { en: "The account at OpenAI is not known. Name it with --account.", zh: "不知道 OpenAI 账号。请用 --account 指明。" }
    ready_deadline(by, what) { en: "Last day: {by} ({what}).", zh: "最后日期：{by}（{what}）。" }
    ready_near(by, what, days) { en: "Nearly too late: {by} ({what}), in {days}.", zh: "即将过期：{by}（{what}），还有 {days}。" }
    ready_past(by, what) { en: "Too late: {by} has passed ({what}).", zh: "已过期：{by}（{what}）。" }
    ready_too_early() { en: "Too early to claim:", zh: "现在索赔为时过早：" }
    ready_hold_until(day) { en: "The amount is only on hold; it usually falls away by {day}.", zh: "金额只是被冻结，通常会在 {day} 前解除。" }
    ready_hold_overdue() { en: "The hold is older than holds usually last. Ask the card issuer.", zh: "冻结时间已超过通常期限。请询问发卡银行。" }
    ready_wait_until(day) { en: "Activation may lag. Look again on {day}.", zh: "开通可能有延迟。请在 {day} 再核对。" }
    ready_refund_until(day) { en: "The refund may still come. Wait until {day}.", zh: "退款可能仍在途中。请等到 {day}。" }
}
