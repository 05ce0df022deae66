"""Works currency cases out once more, from the rules alone: fractions, no floats, no table of results.

    python reckon.py RATES.csv cases CASES.json       adds `expected` to every case
    python reckon.py RATES.csv random COUNT SEED      invents cases and adds `expected`

The rates are the ECB's own wide file. Bands are typed in here once more, on purpose.
"""

import csv
import datetime
import json
import random
import sys
from fractions import Fraction as F

EXPONENT = dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0)
EXPONENT |= dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3)
BANDS = {
    "scheme": ("-0.75", "1.50"), "card_embedded_fee": ("-0.75", "5.00"), "bank_conversion": ("-0.50", "4.50"),
    "fintech": ("-0.50", "2.50"), "paypal": ("2.00", "5.00"), "adaptive_pricing": ("1.50", "4.75"),
    "dcc": ("2.00", "12.50"), "wire": ("-0.50", "4.00"), "unknown": ("-1.00", "6.00"),
}


def easter(year):
    """Gauss's rule with its two exceptions."""
    a, b, c = year % 19, year % 4, year % 7
    century = year // 100
    m = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    n = (4 + century - century // 4) % 7
    d = (19 * a + m) % 30
    e = (2 * b + 4 * c + 6 * d + n) % 7
    day = 22 + d + e
    if d == 29 and e == 6:
        day = 50
    if d == 28 and e == 6 and (11 * m + 11) % 30 < 19:
        day = 49
    return datetime.date(year, 3, 1) + datetime.timedelta(days=day - 1)


def is_due(day):
    if day.weekday() > 4 or (day.month, day.day) in ((1, 1), (5, 1), (12, 25), (12, 26)):
        return False
    return (day - easter(day.year)).days not in (-2, 1)


def days_between(first, last):
    """The days after the first, up to and with the last."""
    return [first + datetime.timedelta(days=n) for n in range(1, (last - first).days + 1)]


class Rates:
    def __init__(self, path):
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.rows = sorted(((datetime.date.fromisoformat(row["Date"]), row) for row in rows), key=lambda row: row[0])
        self.titles = set(rows[0])

    def at(self, day):
        """Index of the latest row not after the day."""
        found = None
        for index, (row_day, _) in enumerate(self.rows):
            if row_day <= day:
                found = index
        return found

    def cell(self, index, currency):
        text = "1" if currency == "EUR" else self.rows[index][1].get(currency, "N/A")
        return None if text == "N/A" else text

    def rate(self, index, source, target):
        legs = self.cell(index, source), self.cell(index, target)
        return None if None in legs else F(legs[1]) / F(legs[0])

    def reference(self, source, target, day):
        if source == target:
            return {"status": "same_currency"}, None
        if any(code != "EUR" and code not in self.titles for code in (source, target)):
            return {"status": "unsupported"}, None
        index = self.at(day)
        if index is None or any(is_due(between) for between in days_between(self.rows[index][0], day)):
            return {"status": "missing"}, None
        if self.rate(index, source, target) is None:
            return {"status": "unsupported"}, None
        row_day = self.rows[index][0]
        answer = {
            "status": "exact" if row_day == day else "carried",
            "date": row_day.isoformat(),
            "per_eur": {code: self.cell(index, code) for code in (source, target)},
            "rate": plain(self.rate(index, source, target), 8),
        }
        return answer, index

    def window(self, source, target, index, rows_after=None, until=None):
        """Rates of the row before, the row itself and those after it; a gap ends it."""
        if rows_after is not None:
            last = index + rows_after
        else:
            last = max(index, self.at(until) if self.at(until) is not None else index)
        chosen = [index]
        for step, stop in ((-1, index - 1), (1, last)):
            at = index
            while at != stop and 0 <= at + step < len(self.rows):
                first, second = sorted((self.rows[at][0], self.rows[at + step][0]))
                if any(is_due(day) for day in days_between(first, second)[:-1]):
                    break
                at += step
                chosen.append(at)
        rates = (self.rate(at, source, target) for at in chosen)
        return [rate for rate in rates if rate is not None]


def half_up(value):
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) * 2 + 1) // 2)


def minor(value, currency):
    """A fraction of whole units as minor units, half up."""
    return half_up(value * 10 ** EXPONENT.get(currency, 2))


def floor(value, currency):
    return (value * 10 ** EXPONENT.get(currency, 2)) // 1


def ceiling(value, currency):
    return -((-value * 10 ** EXPONENT.get(currency, 2)) // 1)


def plain(value, decimals):
    figure = half_up(value * 10**decimals)
    digits = str(abs(figure)).rjust(decimals + 1, "0")
    text = digits[: len(digits) - decimals] + ("." + digits[len(digits) - decimals :] if decimals else "")
    return ("-" if figure < 0 else "") + text


def money(units, currency):
    exponent = EXPONENT.get(currency, 2)
    return plain(F(units, 10**exponent), exponent)


def read(text, currency):
    return minor(F(text), currency)


def whole(units, currency):
    return F(units, 10 ** EXPONENT.get(currency, 2))


def percent(part, base):
    return plain(F(part, base) * 100, 2)


def band(case):
    low, high = BANDS[case["channel"]]
    return F(low) / 100, F(high) / 100


def explicit(lines, currency):
    sums = {"fee": 0, "tax": 0}
    for line in lines:
        sums[line.get("kind", "fee")] += read(line["amount"], currency)
    return sums["fee"], sums["tax"]


def charge(rates, case):
    source, target = case["invoice"]["currency"], case["account_currency"]
    day = datetime.date.fromisoformat(case["charge_date"])
    answer, index = rates.reference(source, target, day)
    out = {"reference": answer}
    invoice, charged = read(case["invoice"]["total"], source), read(case["charged"], target)
    fees, taxes = explicit(case.get("explicit", []), target)
    net = charged - fees - taxes
    if answer["status"] in ("missing", "unsupported"):
        return out | {"verdict": "indeterminate"}
    figures = {"fees": money(fees, target), "taxes": money(taxes, target), "total": money(charged, target)}
    if answer["status"] == "same_currency":
        verdict = "no_shortfall" if abs(net - invoice) <= 1 else "not_fx"
        return out | figures | {"verdict": verdict, "confidence": "high"}
    amount = whole(invoice, source)
    own = rates.rate(index, source, target)
    mid = minor(amount * own, target)
    posting = case.get("posting_date")
    until = datetime.date.fromisoformat(posting) if posting else None
    window = rates.window(source, target, index, None if posting else 3, until)
    low, high = band(case)
    ends = lambda rs: (
        floor(amount * min(rs) * (1 + low), target) - 1, ceiling(amount * max(rs) * (1 + high), target) + 1
    )
    accept, alone = ends(window), ends([own])
    return out | {"mid": money(mid, target), "markup": money(net - mid, target)} | figures | {
        "markup_pct": percent(net - mid, mid),
        "over_mid": money(charged - mid, target),
        "over_mid_pct": percent(charged - mid, mid),
        "accept": [money(end, target) for end in accept],
        "verdict": "fx_explained" if accept[0] <= net <= accept[1] else "unexplained",
        "confidence": "high" if alone[0] <= net <= alone[1] else "low",
    }


def payment(rates, case):
    source, target = case["invoice"]["currency"], case["sent"]["currency"]
    day = datetime.date.fromisoformat(case["sent"]["date"])
    answer, index = rates.reference(source, target, day)
    out = {"reference": answer}
    invoice, sent = read(case["invoice"]["total"], source), read(case["sent"]["amount"], target)
    settled = read(case["settled"]["amount"], source)
    fees = sum(explicit(case.get("fees", []), source))
    if answer["status"] in ("missing", "unsupported"):
        return out | ({"verdict": "indeterminate"} if settled < invoice else {"verdict": "no_shortfall", "confidence": "high"})
    short = invoice - settled
    tail = {"fee_cost": money(fees, source), "shortfall": money(short, source)}
    if settled + fees > 0:
        exact = whole(invoice + fees, source) * whole(sent, target) / whole(settled + fees, source)
        needed = ceiling(exact, target)
        tail |= {"needed_to_send": money(needed, target), "extra_to_send": money(needed - sent, target)}
    if answer["status"] == "same_currency":
        return out | tail | {"verdict": "no_shortfall" if short <= 0 else "not_fx", "confidence": "high"}

    def parts(rate):
        at_mid = minor(whole(sent, target) / rate, source)
        return at_mid, at_mid - invoice, at_mid - settled - fees

    def verdict(rate):
        _, cushion, spread = parts(rate)
        if settled >= invoice:
            return "no_shortfall"
        if spread <= 1 and cushion >= 0:
            return "not_fx"
        if cushion >= 0:
            return "fx_induced"
        return "underfunded" if spread + fees <= 1 else "mixed"

    own = rates.rate(index, source, target)
    window = rates.window(source, target, index, 1)
    at_mid, cushion, spread = parts(own)
    found = verdict(own)
    head = {}
    confidence = "high" if all(verdict(rate) == found for rate in window) else "low"
    if found in ("fx_induced", "mixed"):
        low, high = band(case)
        amount = whole(sent, target)
        accept = floor(amount / max(window) * (1 - high), source) - 1, ceiling(amount / min(window) * (1 - low), source) + 1
        head["accept"] = [money(end, source) for end in accept]
        if not accept[0] <= settled + fees <= accept[1]:
            found = "unexplained"
    head |= {"sent_at_mid": money(at_mid, source), "cushion": money(cushion, source), "spread_cost": money(spread, source)}
    if at_mid:
        head["spread_pct"] = percent(spread, at_mid)
    return out | head | tail | {"verdict": found, "confidence": confidence}


def needed(rate, case, source, target):
    invoice = whole(read(case["invoice"]["total"], source), source)
    costs = case.get("costs", {})
    markup = F(costs.get("embedded_markup_pct", "0")) / 100 if source != target else 0
    mid = minor(invoice * rate, target)
    known = {"converted": minor(invoice * rate * (1 + markup), target)}
    listed, total = [], known["converted"]
    for line in costs.get("components", []):
        if "pct" in line:
            base = whole(sum(known[name] for name in line["of"]), target)
            amount = minor(base * F(line["pct"]) / 100, target)
        else:
            amount = read(line["amount"], target)
        known[line["name"]] = amount
        listed.append({"name": line["name"], "kind": line.get("kind", "fee"), "amount": money(amount, target)})
        total += amount
    return mid, known["converted"], listed, total


def balance(rates, case):
    source, target = case["invoice"]["currency"], case["account_currency"]
    day = datetime.date.fromisoformat(case["attempt_date"])
    available = read(case["available"], target)
    answer, index = rates.reference(source, target, day)
    out = {"reference": answer}
    is_capture = case.get("stage") == "capture"
    earlier = None
    if is_capture and "auth_date" in case:
        earlier, earlier_index = rates.reference(source, target, datetime.date.fromisoformat(case["auth_date"]))
        out["reference_auth"] = earlier
    if any(found and found["status"] in ("missing", "unsupported") for found in (answer, earlier)):
        return out | {"verdict": "indeterminate"}
    is_same = source == target
    own = F(1) if is_same else rates.rate(index, source, target)
    mid, converted, listed, total = needed(own, case, source, target)
    before = None
    if earlier:
        before = needed(F(1) if is_same else rates.rate(earlier_index, source, target), case, source, target)

    def verdict(rate):
        other_mid, _, _, other_total = needed(rate, case, source, target)
        lowest = min(other_mid, before[0]) if before else other_mid
        if available >= other_total:
            return "not_fx"
        return "fx_induced" if not is_same and available >= lowest else "underfunded"

    found = verdict(own)
    close = abs(available - total) <= 1 + len(listed) or abs(available - mid) <= 1
    safe = is_same or (not close and all(verdict(r) == found for r in rates.window(source, target, index, 1)))
    if not is_same:
        if before:
            out |= {
                "mid_at_auth": money(before[0], target), "needed_at_auth": money(before[3], target),
                "rate_drift": money(mid - before[0], target),
            }
        out |= {"mid": money(mid, target), "converted": money(converted, target), "markup": money(converted - mid, target)}
    out |= {
        "components": listed, "needed": money(total, target), "available": money(available, target),
        "shortfall": money(max(0, total - available), target),
    }
    if not is_same:
        out["headroom_at_mid"] = money(available - mid, target)
    out |= {"verdict": found, "confidence": "high" if safe else "low"}
    if found == "fx_induced":
        out["cause"] = "conversion_cost" if available >= mid else "rate_drift"
    return out


def refund(rates, case):
    source, target = case["invoice"]["currency"], case["account_currency"]
    days = [datetime.date.fromisoformat(case[key]["date"]) for key in ("paid", "refund")]
    answers = [rates.reference(source, target, day) for day in days]
    out = {"reference_paid": answers[0][0], "reference_refund": answers[1][0]}
    invoice = read(case["invoice"]["total"], source)
    part = read(case["refund"].get("invoice_amount", case["invoice"]["total"]), source)
    paid, back = read(case["paid"]["charged"], target), read(case["refund"]["credited"], target)
    share = half_up(F(paid * part, invoice))
    loss = share - back
    even = abs(loss) <= 1
    if any(answer["status"] in ("missing", "unsupported") for answer, _ in answers):
        return out | ({"verdict": "no_shortfall", "confidence": "high"} if even else {"verdict": "indeterminate"})
    figures = {"paid_share": money(share, target)}
    tail = {"loss_pct": percent(loss, share)}
    if source == target:
        verdict = "no_shortfall" if even else "not_fx"
        return out | figures | {"loss_total": money(loss, target)} | tail | {"verdict": verdict, "confidence": "high"}
    amount = whole(part, source)
    own = [rates.rate(index, source, target) for _, index in answers]
    mids = [minor(amount * rate, target) for rate in own]
    losses = {"markup_and_fees": share - mids[0], "rate_move": mids[0] - mids[1], "refund_spread": mids[1] - back}
    _, high = band(case)
    ends = lambda rs: (
        floor(amount * min(rs) * (1 - high), target) - 1, ceiling(amount * max(rs) * (1 + high), target) + 1
    )
    inside = lambda rs: ends(rs)[0] <= back <= ends(rs)[1]
    windows = [rates.window(source, target, index, 1) for _, index in answers]
    basis, alone = "none", False
    for name, place in (("refund_date", 1), ("original_rate", 0)):
        if inside(windows[place]):
            basis, alone = name, inside([own[place]])
            break
    out |= figures | {"paid_at_mid": money(mids[0], target), "refund_at_mid": money(mids[1], target)}
    out["loss_total"] = money(loss, target)
    out |= {"loss_" + name: money(value, target) for name, value in losses.items()} | tail
    out |= {"accept": [money(end, target) for end in ends(windows[1])], "basis": basis}
    if even:
        return out | {"verdict": "no_shortfall", "confidence": "high"}
    verdict = "unexplained" if basis == "none" else "fx_gain" if loss < 0 else "fx_induced"
    out |= {"verdict": verdict, "confidence": "high" if alone else "low"}
    if verdict != "unexplained":
        sign = 1 if verdict == "fx_induced" else -1
        order = ["rate_move", "markup_and_fees", "refund_spread"]
        out["primary_cause"] = max(order, key=lambda name: (sign * losses[name], -order.index(name)))
    return out


def expected(rates, case):
    kinds = (("settled", payment), ("refund", refund), ("available", balance), ("charged", charge))
    return next(work for key, work in kinds if key in case)(rates, case)


def invent(rates, count, seed):
    """Cases of every kind on any day of the table and shortly beyond it."""
    dice = random.Random(seed)
    first, last = rates.rows[0][0], rates.rows[-1][0]
    span = (last - first).days
    some_day = lambda: first + datetime.timedelta(days=dice.randint(-3, span + 5))
    codes = ["CNY", "EUR", "JPY", "KRW", "TRY", "INR", "GBP", "IDR", "HUF", "USD", "TWD", "KWD", "HRK"]
    cases = []
    for number in range(count):
        source, target = dice.choice(["USD", "USD", "USD", "EUR", "GBP"]), dice.choice(codes)
        invoice = dice.choice([2000, 2160, 2420, 20000, dice.randint(1, 2_000_000)])
        day = some_day()
        answer, index = rates.reference(source, target, day)
        rate = rates.rate(index, source, target) if index is not None else F(1)
        off = lambda: 1 + F(dice.randint(-300, 900), 10_000)
        home = max(1, minor(whole(invoice, source) * rate * off(), target))
        case = {"invoice": {"currency": source, "total": money(invoice, source)}, "channel": dice.choice(list(BANDS))}
        fee = {"name": "fee", "kind": dice.choice(["fee", "tax"]), "amount": money(dice.randint(0, home // 30), target)}
        kind = number % 4
        if kind == 0:
            case |= {"account_currency": target, "charge_date": day.isoformat(), "charged": money(home, target)}
            case["explicit"] = dice.choice([[], [fee]])
            if dice.random() < 0.5:
                case["posting_date"] = (day + datetime.timedelta(days=dice.randint(0, 6))).isoformat()
        elif kind == 1:
            case["sent"] = {"date": day.isoformat(), "currency": target, "amount": money(home, target)}
            case["settled"] = {"currency": source, "amount": money(half_up(invoice * off()), source)}
            case["fees"] = dice.choice([[], [{"amount": money(dice.randint(0, invoice // 20), source)}]])
        elif kind == 2:
            case |= {"account_currency": target, "attempt_date": day.isoformat(), "available": money(home, target)}
            case["costs"] = {"embedded_markup_pct": plain(F(dice.randint(0, 8), 2), 1), "components": dice.choice([
                [], [{"name": "fee", "kind": "fee", "pct": "1.5", "of": ["converted"]}],
                [{"name": "fee", "pct": "3.5", "of": ["converted"]}, {"name": "tax", "kind": "tax", "pct": "18", "of": ["fee"]}],
            ])}
            if dice.random() < 0.5:
                before = day - datetime.timedelta(days=dice.randint(0, 5))
                case |= {"stage": "capture", "auth_date": before.isoformat()}
        else:
            later = day + datetime.timedelta(days=dice.randint(0, 40))
            part = dice.choice([invoice, dice.randint(1, invoice)])
            case |= {"account_currency": target, "paid": {"date": day.isoformat(), "charged": money(home, target)}}
            credited = max(0, half_up(F(home * part, invoice) * off()))
            case["refund"] = {"date": later.isoformat(), "credited": money(credited, target)}
            if part != invoice:
                case["refund"]["invoice_amount"] = money(part, source)
        cases.append({"id": f"invented-{number}", "input": case})
    return cases


def main():
    rates = Rates(sys.argv[1])
    if sys.argv[2] == "cases":
        with open(sys.argv[3], encoding="utf-8") as file:
            cases = json.load(file)["examples"]
    else:
        cases = invent(rates, int(sys.argv[3]), int(sys.argv[4]))
    for case in cases:
        case["expected"] = expected(rates, case["input"])
    json.dump({"examples": cases}, sys.stdout, indent=1, ensure_ascii=False)


main()
