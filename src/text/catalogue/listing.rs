//! What was read, before anything is concluded from it.

super::messages! {
    listing_heading(file, format, side, encoding, records) {
        en: "{file}: {format} ({side}, {encoding}), records: {records}",
        zh: "{file}：{format}（{side}，{encoding}），记录数：{records}",
    }

    kind_purchase() { en: "purchase", zh: "消费" }
    kind_chargeback() { en: "chargeback", zh: "拒付退回" }
    kind_withdrawal() { en: "withdrawal", zh: "提现" }
    kind_memo() { en: "memo", zh: "附记" }
    kind_other() { en: "other", zh: "其他" }

    status_posted() { en: "posted", zh: "已入账" }
    status_pending() { en: "pending", zh: "待入账" }
    status_voided() { en: "voided", zh: "已撤销" }
    status_expired() { en: "expired", zh: "已过期" }
    status_declined() { en: "declined", zh: "被拒" }

    state_paid() { en: "paid", zh: "已付" }
    state_open() { en: "open", zh: "未付" }
    state_void() { en: "void", zh: "作废" }
    state_uncollectible() { en: "uncollectible", zh: "无法收取" }
    state_draft() { en: "draft", zh: "草稿" }
    state_placed() { en: "placed", zh: "已下单" }
    state_refunded() { en: "refunded", zh: "已退款" }
    state_failed() { en: "failed", zh: "失败" }
    state_granted() { en: "granted", zh: "已发放" }
    state_effective() { en: "effective", zh: "已生效" }
    state_active() { en: "active", zh: "有效" }
    state_inactive() { en: "inactive", zh: "无效" }
    state_past_due() { en: "past due", zh: "逾期" }
    state_cancelled() { en: "cancelled", zh: "已取消" }
    state_abandoned() { en: "abandoned", zh: "放弃" }
    state_approved() { en: "approved", zh: "已批准" }
}
