//! Causes of verdicts, and why payments are declined, with what to do next.

super::messages! {
    cause_no_invoice() { en: "no invoice", zh: "没有账单" }
    cause_invoice_unpaid() { en: "invoice still open", zh: "账单仍显示未付" }
    cause_invoice_void() { en: "invoice voided", zh: "账单已作废" }
    cause_plan_inactive() { en: "plan not active", zh: "套餐未生效" }
    cause_credit_not_granted() { en: "credit not added", zh: "额度未到账" }
    cause_overcharged() { en: "too much taken", zh: "多扣" }
    cause_undercharged() { en: "too little taken", zh: "少扣" }
    cause_activation_observed() { en: "seen active", zh: "已见生效" }
    cause_activation_presumed() { en: "invoice paid", zh: "账单已付" }
    cause_fx() { en: "conversion", zh: "汇率差额" }
    cause_unexplained() { en: "unexplained", zh: "原因不明" }
    cause_too_recent() { en: "too recent", zh: "时间太近" }
    cause_before_billing_coverage() { en: "before the billing papers begin", zh: "早于账单资料" }
    cause_no_billing_evidence() { en: "no billing papers", zh: "没有账单资料" }
    cause_refund_pending() { en: "refund under way", zh: "退款处理中" }
    cause_outside_statement_coverage() { en: "days not covered by a statement", zh: "流水未覆盖" }
    cause_no_reference_rate() { en: "no reference rate", zh: "没有参考汇率" }
    cause_exports_disagree() { en: "exports disagree", zh: "导出文件互相矛盾" }
    cause_store_charge_unidentified() { en: "store charge unidentified", zh: "商店扣款内容不明" }

    declined_insufficient_funds() { en: "not enough money", zh: "余额不足" }
    declined_card_expired() { en: "card expired", zh: "卡已过期" }
    declined_card_details() { en: "card details wrong", zh: "卡信息有误" }
    declined_authentication() { en: "authentication failed", zh: "身份验证未通过" }
    declined_issuer_blocked() { en: "blocked by the card issuer", zh: "被发卡银行拦截" }
    declined_cross_border_blocked() { en: "foreign payments blocked", zh: "境外支付未开通" }
    declined_method_unsupported() { en: "payment method not accepted", zh: "不支持该付款方式" }
    declined_region_unsupported() { en: "country or region not accepted", zh: "不支持该国家或地区" }
    declined_account_restricted() { en: "account restricted", zh: "账户受限" }
    declined_gateway() { en: "payment gateway error", zh: "支付网关出错" }
    declined_network() { en: "connection failed", zh: "网络出错" }
    declined_unknown() { en: "no reason given", zh: "未说明原因" }

    next_insufficient_funds() {
        en: "Put money on the card, with some room for conversion and fees, and try again.",
        zh: "请先充值，并为汇率差额和手续费留出余量，再重试。",
    }
    next_card_expired() { en: "Enter the new card in the billing settings.", zh: "请在付款设置中换成新卡。" }
    next_card_details() {
        en: "Compare number, security code and billing address with the card issuer's records.",
        zh: "请核对卡号、安全码和账单地址是否与发卡银行登记的一致。",
    }
    next_authentication() {
        en: "Try again and confirm the payment in the bank's app or by its code.",
        zh: "请重试，并在银行应用中确认或输入验证码。",
    }
    next_issuer_blocked() {
        en: "Ask the card issuer to allow this merchant; trying again changes nothing before that.",
        zh: "请联系发卡银行放行该商户；放行之前重试无用。",
    }
    next_cross_border_blocked() {
        en: "Switch on payments abroad and online with the card issuer, or use another card.",
        zh: "请向发卡银行开通境外及网上支付，或换一张卡。",
    }
    next_method_unsupported() {
        en: "Use a credit or debit card of a network that is accepted; many prepaid cards are not.",
        zh: "请换用受支持的信用卡或借记卡；许多预付卡不受支持。",
    }
    next_region_unsupported() {
        en: "The merchant does not sell to the card's or address's country; another card of that country will not help.",
        zh: "商户不接受该卡或地址所在的国家或地区；换一张同地区的卡也无济于事。",
    }
    next_account_restricted() {
        en: "Ask the merchant's support, or PayPal's for a PayPal account, why the account is restricted.",
        zh: "请向商户客服（PayPal 账户则向 PayPal）询问账户受限的原因。",
    }
    next_gateway() {
        en: "Wait some hours before trying again, and watch the statement for a hold.",
        zh: "请过几小时再试，并留意流水中是否出现预授权。",
    }
    next_network() {
        en: "Look at the statement before trying again: the payment may have gone through.",
        zh: "重试之前请先查看流水：付款可能已经成功。",
    }
    next_unknown() {
        en: "Ask the card issuer for the reason; it sees the code that the merchant does not show.",
        zh: "请向发卡银行询问原因；银行能看到商户没有显示的拒付代码。",
    }
}
