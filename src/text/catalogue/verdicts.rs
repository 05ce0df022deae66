//! Names of verdicts, confidences and addressees, as short as a table needs them.

super::messages! {
    verdict_refunded() { en: "refunded", zh: "已退款" }
    verdict_refund_short() { en: "refund came back short", zh: "退款少到账" }
    verdict_refund_missing() { en: "refund never came", zh: "退款未到" }
    verdict_duplicate_charge() { en: "charged twice", zh: "重复扣款" }
    verdict_wrong_account() { en: "paid for another account", zh: "记到了别的账号" }
    verdict_charged_after_cancel() { en: "charged after cancelling", zh: "取消后仍扣款" }
    verdict_fx_underpaid() { en: "short after conversion", zh: "汇率差额致少付" }
    verdict_charged_not_activated() { en: "charged, never activated", zh: "已扣款未到账" }
    verdict_amount_mismatch() { en: "amounts differ", zh: "金额不符" }
    verdict_settled() { en: "settled", zh: "正常" }
    verdict_pending_hold() { en: "on hold, not yet taken", zh: "预授权冻结中" }
    verdict_released_hold() { en: "hold released", zh: "预授权已解除" }
    verdict_fx_declined() { en: "declined after conversion", zh: "汇率差额致扣款失败" }
    verdict_declined() { en: "declined", zh: "扣款失败" }
    verdict_paid_elsewhere() { en: "paid from elsewhere", zh: "由别处付款" }
    verdict_unpaid_invoice() { en: "invoice unpaid", zh: "账单未付" }
    verdict_inconclusive() { en: "cannot be decided", zh: "无法判断" }

    confidence_certain() { en: "certain", zh: "确定" }
    confidence_probable() { en: "probable", zh: "很可能" }
    confidence_ambiguous() { en: "ambiguous", zh: "有歧义" }

    addressee_openai() { en: "OpenAI", zh: "OpenAI" }
    addressee_paypal() { en: "PayPal", zh: "PayPal" }
    addressee_issuer() { en: "the card issuer", zh: "发卡银行" }
    addressee_apple() { en: "Apple", zh: "Apple" }
    addressee_google() { en: "Google", zh: "Google" }

    deadline_paypal_dispute() { en: "PayPal dispute", zh: "PayPal 争议" }
    deadline_card_dispute() { en: "card dispute for services not provided", zh: "银行卡争议：未提供服务" }
    deadline_billing_error_notice() { en: "US billing-error notice", zh: "美国账单错误通知" }
}
