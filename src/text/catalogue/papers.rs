//! What is said of single papers: PDFs and mails.

super::messages! {
    charged_as_issued(invoice) {
        en: "The charge fits invoice {invoice}. Its paper does not show the payment, and no file shows the account itself.",
        zh: "这笔扣款与账单 {invoice} 相符。该账单文件不显示付款，也没有文件显示账户本身。",
    }
    charged_as_issued_beside_account(invoice) {
        en: "The charge fits invoice {invoice}. Its paper does not show the payment, and what is given of the account does not speak of this charge.",
        zh: "这笔扣款与账单 {invoice} 相符。该账单文件不显示付款，所给账户资料也没有说明这笔扣款。",
    }
    activation_presumed_beside_account(invoice) {
        en: "Invoice {invoice} is marked paid; what is given of the account does not speak of this charge.",
        zh: "账单 {invoice} 标为已付；所给账户资料没有说明这笔扣款。",
    }
    no_billing_evidence_beside_account() {
        en: "No billing list given covers this charge, and what is given of the account does not speak of it: nothing tells whether it was delivered.",
        zh: "所给账单列表没有覆盖这笔扣款，所给账户资料也没有说明它：无法知道是否交付。",
    }
    issued_day_not_covered(invoice, from, to) {
        en: "The paper of invoice {invoice} does not show whether it was paid, and no statement given covers {from} to {to}.",
        zh: "账单 {invoice} 的文件不显示是否已付，所给流水也没有覆盖 {from} 至 {to}。",
    }
    issued_not_charged(invoice, from, to) {
        en: "Invoice {invoice} asks for money; the statements given show no charge for it from {from} to {to}.",
        zh: "账单 {invoice} 要求付款；所给流水在 {from} 至 {to} 之间没有为它扣款。",
    }
    notice_mail_not_vendor(place) {
        en: "{place}: this mail speaks of the merchant's billing but does not come from the merchant. It counts for nothing.",
        zh: "{place}：这封邮件谈到商户的账单，却不是商户发来的，不作任何证据。",
    }
    notice_mail_fails_checks(place) {
        en: "{place}: this mail fails the checks of its sender (DMARC, DKIM, SPF). It counts for nothing.",
        zh: "{place}：这封邮件没有通过发件人验证（DMARC、DKIM、SPF），不作任何证据。",
    }
    notice_mail_forwarded(place) {
        en: "{place}: this mail was forwarded, so its sender cannot be checked.",
        zh: "{place}：这封邮件是转发的，无法核实发件人。",
    }
    notice_mail_undecided(place) {
        en: "{place}: this mail speaks of a refund or of the end of a plan, but does not say that there was one. It counts for nothing.",
        zh: "{place}：这封邮件谈到退款或取消套餐，但没有说明确已发生，不作任何证据。",
    }
    notice_ignored_pdf(file) {
        en: "{file} is a PDF, but no invoice, receipt or credit note of the merchant. It was ignored.",
        zh: "{file} 是 PDF，但不是该商户的发票、收据或贷记单，已忽略。",
    }
    notice_ignored_mail(file) {
        en: "{file} is mail, but none about what the merchant billed. It was ignored.",
        zh: "{file} 是邮件，但与该商户的账单无关，已忽略。",
    }
    state_issued() { en: "issued", zh: "已开具" }
    said_total() { en: "the total", zh: "总额" }
    said_paid_on() { en: "the day of payment", zh: "付款日期" }
    said_account() { en: "the account", zh: "账户" }
    said_product() { en: "the product", zh: "产品" }
    said_card() { en: "the card", zh: "银行卡" }
    notice_papers_disagree(first, second, said, number) {
        en: "{first} and {second} speak of one purchase ({number}) and contradict each other: {said}.",
        zh: "{first} 与 {second} 说的是同一笔购买（{number}），但{said}互相矛盾。",
    }
    credited_to_balance(day, amount) {
        en: "On {day} {amount} was credited to the balance of the account: no money comes back to the card for it.",
        zh: "{day} 有 {amount} 计入账户余额：这笔钱不会退回到卡上。",
    }
    credited_to_balance_under(number, day, amount) {
        en: "On {day} {amount} was credited to the balance of the account ({number}): no money comes back to the card for it.",
        zh: "{day} 有 {amount} 计入账户余额（{number}）：这笔钱不会退回到卡上。",
    }
    papers_disagree(first, second, said) {
        en: "Its papers contradict each other, {first} and {second}: {said}.",
        zh: "其单据 {first} 与 {second} 互相矛盾：{said}。",
    }
    notice_paper_unread(file) {
        en: "{file} is a PDF whose text cannot be read: it may or may not be an invoice. It was left out.",
        zh: "{file} 是 PDF，但读不出文字：无法知道它是不是账单，未予采用。",
    }
}
