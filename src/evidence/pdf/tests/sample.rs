//! A long document in both languages, with every kind of block and what is hard to set.

use crate::picture::{Anchor, Ink, Scene, Shape, Weight};
use crate::report::{Block, Column, Document, Table};
use crate::text::Lang;

fn pick(lang: Lang, en: &str, zh: &str) -> String {
    match lang {
        Lang::En => en.to_string(),
        Lang::Zh => zh.to_string(),
    }
}

/// The document.
pub(super) fn document(lang: Lang) -> Document {
    let t = |en: &str, zh: &str| pick(lang, en, zh);
    let mut blocks = vec![
        Block::Paragraph(t(
            "Two purchases of ChatGPT Plus were charged and not delivered: 20.00 USD on 2026-03-02 and 23.80 EUR on 2026-03-05. The invoice list of the account ma***@example.org holds no invoice for either of them, and the plan page of 2026-03-06 shows Free. Please refund 43.80 EUR or turn the plan on; the rows cited below were copied from the statement unchanged (order reference 4F2A-0003-77C1, bank reference 2026030211223344556677).",
            "以下两笔 ChatGPT Plus 购买已经扣款但没有开通：2026-03-02 的 20.00 USD 与 2026-03-05 的 23.80 EUR。账户 ma***@example.org 的账单列表中没有对应的账单，2026-03-06 的套餐页显示“Free”。请退还 43.80 EUR 或开通套餐；下列各行原样取自对账单（订单号 4F2A-0003-77C1，银行流水号 2026030211223344556677），金额、日期与商户名称均未改动，姓名𠮷田與體不在字库中。",
        )),
        Block::Heading { level: 1, id: None, text: t("Summary", "汇总") },
        Block::Facts(vec![
            (t("At stake", "可索赔"), "43.80 EUR".to_string()),
            (
                t("Claimed from", "索赔对象"),
                t("OpenAI, by the help centre of the route", "OpenAI，通过该渠道的帮助中心"),
            ),
            (
                t("What was ruled out, and by which file", "已排除的情形及其依据"),
                t(
                    "A refund within the days covered by bank.csv, a hold that fell away, a second account that holds the invoice, and a conversion cost taken for a second charge.",
                    "bank.csv 所覆盖日期内的退款、已撤销的预授权、开在另一账户名下的账单，以及被误认为第二笔扣款的货币转换成本。",
                ),
            ),
            (
                t("Digest", "摘要"),
                "SHA-256 7ae8526817cea5c7374478a5a8d66eb1355c51b6775e161aa239bf46a48f554e".to_string(),
            ),
        ]),
        Block::Heading { level: 2, id: None, text: t("What to know", "注意事项") },
        Block::List(vec![
            t(
                "The statement ends on 2026-03-10; a refund booked later is not in it.",
                "对账单截至 2026-03-10；之后入账的退款不在其中。",
            ),
            t(
                "1.85 % above the reference rate is what this issuer has charged before: 0.37 USD of 20.00 USD, explained and not claimed, though it is a long sentence that goes over the end of the line.",
                "高于参考汇率 1.85 % 是该发卡行以往的加价：20.00 USD 中的 0.37 USD，已经解释，不予索赔；这一句话足够长，会折到下一行，标点不应出现在行首。",
            ),
        ]),
        Block::Figure {
            scene: scene(lang),
            caption: t("From charge to plan: what stands where", "从扣款到套餐：各处的记录"),
        },
    ];
    let columns = [(t("Purchase", "购买"), false), (t("Paid", "付款"), true)];
    let columns = columns.map(|(title, is_amount)| Column { title, is_amount }).to_vec();
    let rows = (1..=9).map(|case| vec![format!("P{case}"), format!("{case}0.00 USD")]).collect();
    blocks.push(Block::Table(Table { caption: t("All purchases", "全部购买"), columns, rows }));
    for case in 1..=9 {
        blocks.extend(section(lang, case));
    }
    Document {
        lang,
        title: t("Charged and not delivered: evidence for two purchases", "已扣款未开通：两笔购买的证据"),
        blocks,
    }
}

fn section(lang: Lang, case: usize) -> Vec<Block> {
    let t = |en: &str, zh: &str| pick(lang, en, zh);
    let amount = |minor: usize| format!("{}.{:02} USD", minor / 100, minor % 100);
    let mut rows: Vec<Vec<String>> = (0..6 + case)
        .map(|row| {
            vec![
                format!("2026-03-{:02}", row + 1),
                t("OPENAI *CHATGPT SUBSCR SAN FRANCISCO CA", "支付宝-OPENAI *CHATGPT SUBSCR 境外消费"),
                t("charged, invoice 4F2A-0003 never issued", "已扣款，账单 4F2A-0003 未开具"),
                amount(case * 1_000_003 + row * 17),
                amount(row * 99),
                format!("bank.csv:{}", row * 13 + case),
            ]
        })
        .collect();
    rows[1][4] = String::new();
    let columns = [
        (t("Day", "日期"), false),
        (t("Descriptor", "商户描述"), false),
        (t("What it is", "说明"), false),
        (t("Paid", "付款"), true),
        (t("Invoiced", "账单"), true),
        (t("Row", "出处"), false),
    ];
    let columns = columns.map(|(title, is_amount)| Column { title, is_amount }).to_vec();
    let source = vec![vec![
        "cmb-credit-2026-03.csv".to_string(),
        "7ae8526817cea5c7374478a5a8d66eb1355c51b6775e161aa239bf46a48f554e".to_string(),
        "1,022".to_string(),
    ]];
    let sources = [
        (t("File", "文件"), false),
        (t("SHA-256 of the whole file", "整个文件的 SHA-256"), false),
        (t("Rows", "行数"), true),
    ];
    let sources = sources.map(|(title, is_amount)| Column { title, is_amount }).to_vec();
    vec![
        Block::Heading { level: 1, id: Some(format!("P{case}")), text: format!("{} {case}", t("Purchase", "购买")) },
        Block::Heading { level: 2, id: None, text: t("What happened", "经过") },
        Block::Paragraph(t(
            "The card was charged 20.00 USD; the hold of 2026-03-01 became a posted entry on 2026-03-02. No invoice was issued until 2026-03-10, the last day known.",
            "银行卡被扣 20.00 USD；2026-03-01 的预授权于 2026-03-02 入账。截至已知的最后一天 2026-03-10，没有开具账单。",
        )),
        Block::Table(Table { caption: t("The chain, row by row", "逐行列出的付款链"), columns, rows }),
        Block::Heading { level: 3, id: None, text: t("Sources", "来源文件") },
        Block::Table(Table {
            caption: t("Files these rows were copied from", "这些行所在的文件"),
            columns: sources,
            rows: source,
        }),
    ]
}

/// A picture with every shape.
pub(super) fn scene(lang: Lang) -> Scene {
    let text =
        |x, y, anchor, weight, text: String| Shape::Text { at: (x, y), anchor, size: 80, weight, ink: Ink::Text, text };
    Scene {
        width: 6_000,
        height: 1_400,
        alt: pick(lang, "Timeline of two charges\nNo invoice follows.", "两笔扣款的时间线\n其后没有账单。"),
        shapes: vec![
            Shape::Rect { at: (0, 0), size: (6_000, 1_400), ink: Ink::Muted, filled: false },
            Shape::Line { from: (200, 700), to: (5_800, 700), ink: Ink::Muted, thickness: 8, dashed: false },
            Shape::Line { from: (1_500, 300), to: (1_500, 1_000), ink: Ink::Claim, thickness: 8, dashed: true },
            Shape::Polygon { points: vec![(900, 620), (980, 780), (820, 780)], ink: Ink::Charge, filled: true },
            Shape::Rect { at: (2_000, 640), size: (1_600, 120), ink: Ink::Plan, filled: true },
            text(900, 540, Anchor::Middle, Weight::Bold, "20.00 USD".to_string()),
            text(5_800, 540, Anchor::End, Weight::Regular, pick(lang, "no invoice", "没有账单")),
            text(200, 1_200, Anchor::Start, Weight::Regular, "2026-03-01".to_string()),
        ],
    }
}

/// Every amount of the document, as written.
pub(super) fn amounts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(text) => texts.push(text.clone()),
            Block::Facts(facts) => texts.extend(facts.iter().map(|(_, value)| value.clone())),
            Block::List(items) => texts.extend(items.iter().cloned()),
            Block::Table(table) => texts.extend(table.rows.iter().flatten().cloned()),
            Block::Heading { .. } | Block::Figure { .. } => {}
        }
    }
    let amount = regex::Regex::new(r"-?\d[\d,]*\.\d\d [A-Z]{3}|\d{4}-\d\d-\d\d|4F2A[-0-9A-F]*").unwrap();
    texts.iter().flat_map(|text| amount.find_iter(text).map(|found| found.as_str().to_string())).collect()
}
