//! What is said beside a verdict: of prices, periods, stores, checkouts and logins.

super::messages! {
    failed_at_checkout(day) {
        en: "A payment of this amount was recorded as failed or given up on {day}, yet this charge was posted.",
        zh: "{day} 有一笔同额付款记为失败或放弃，但这笔扣款已经入账。",
    }
    priced_plain(charged, plans) {
        en: "{charged} is the list price of {plans}.",
        zh: "{charged} 是 {plans} 的标价。",
    }
    priced_with_tax(charged, price, plans, percent, countries) {
        en: "{charged} is the list price of {plans}, {price}, with {percent} % tax ({countries}).",
        zh: "{charged} 是 {plans} 的标价 {price} 加 {percent} % 税（{countries}）。",
    }
    active_elsewhere(account, since) {
        en: "Another login, {account}, has had the plan since {since}: it may be what this charge paid for. Sign in there and look.",
        zh: "另一个登录账号 {account} 自 {since} 起有这个套餐：这笔扣款可能就是为它付的。请登录那个账号核对。",
    }
    gratis_plan(seen_on) {
        en: "The account had this plan free of charge (seen {seen_on}), so its being active does not show that this charge was for something.",
        zh: "账户当时免费享有该套餐（见于 {seen_on}），因此套餐有效并不说明这笔扣款买到了什么。",
    }
    seen_past_due(day) {
        en: "On {day} the account showed a payment overdue.",
        zh: "{day} 账户显示有欠款。",
    }
    seats_short(billed, shown, day) {
        en: "The invoice bills {billed} seats; the workspace had {shown} of them on {day}.",
        zh: "账单按 {billed} 个席位收费；{day} 工作区显示 {shown} 个。",
    }
    sold_by_store(store, orders) {
        en: "{store} names this purchase in its own records: {orders}.",
        zh: "{store}自己的记录写明了这笔购买：{orders}。",
    }
    sold_by_store_unnumbered(store) {
        en: "{store} names this purchase in its own records.",
        zh: "{store}自己的记录写明了这笔购买。",
    }
    store_apple() { en: "Apple", zh: "苹果" }
    store_google() { en: "Google Play", zh: "谷歌商店" }
    store_other() { en: "The store", zh: "商店" }
    store_gave_back(order) {
        en: "The store marks {order} as given back, without saying when.",
        zh: "商店把 {order} 标为已退款，但没有写日期。",
    }
    changed_midway(invoice) {
        en: "Invoice {invoice} changes the plan in the middle of a period and credits or charges the rest of it, so its total is no list price.",
        zh: "账单 {invoice} 是在周期中途更换套餐，抵扣或补收剩余时间，因此总额不是标价。",
    }
    same_period(invoices, from, to, value) {
        en: "The time from {from} to {to} was paid for by {invoices} already; this invoice bills it again, for {value}.",
        zh: "{from} 至 {to} 已由 {invoices} 付过；这张账单再次收取 {value}。",
    }
    period_overlap(invoice, from, to, days, value) {
        en: "{days} of this period ({from} to {to}) were paid for by {invoice} already; this invoice's share of them is {value}.",
        zh: "这一周期中有 {days}（{from} 至 {to}）已由 {invoice} 付过；本账单中这几天相当于 {value}。",
    }
    balance_applied(invoice, total, asked) {
        en: "Invoice {invoice} comes to {total}; {asked} was to be paid, for a balance on the account was counted in.",
        zh: "账单 {invoice} 总额为 {total}；计入账户余额后，应付 {asked}。",
    }
    joined_arrived(invoice, amount) {
        en: "Invoice {invoice} says that {amount} of it was paid, which is this charge.",
        zh: "账单 {invoice} 写明已收到 {amount}，即这笔扣款。",
    }
    cancelled_before(cancelled_on, start) {
        en: "The plan was cancelled on {cancelled_on}; this charge is for the time from {start}. Whether the plan was ordered again in between, no file given would show.",
        zh: "套餐已于 {cancelled_on} 取消；这笔扣款是从 {start} 起的费用。其间是否重新订购，所给文件都不会显示。",
    }
    plan_ended(day, ended_on) {
        en: "On {day}, within the time paid for, the account showed a plan that had ended on {ended_on}.",
        zh: "{day}（仍在付费期内）账户显示的套餐已于 {ended_on} 结束。",
    }
    plan_ended_showing(day, plan, ended_on) {
        en: "On {day}, within the time paid for, the account showed that {plan} had ended on {ended_on}.",
        zh: "{day}（仍在付费期内）账户显示 {plan} 已于 {ended_on} 结束。",
    }
    card_setup_hold(amount) {
        en: "{amount} is what is held when a card is put on an API account: nothing was bought.",
        zh: "{amount} 是在 API 账户绑定银行卡时的预授权金额：没有购买任何东西。",
    }
    used_after(day) {
        en: "Credit was used on {day}, right after this purchase, so it had arrived.",
        zh: "{day}，即购买之后不久，已有额度被使用，说明已经到账。",
    }
    or(first, second) { en: "{first} or {second}", zh: "{first}或{second}" }
}
