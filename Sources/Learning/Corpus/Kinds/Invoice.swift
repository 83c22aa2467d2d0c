import Documents

/// A supplier's invoice to the hospital.
struct Invoice {
    let composer: Composer
    let style: Style

    private struct Line {
        var description: String
        var quantity: Int
        var price: Money
        var amount: Money { Money(cents: price.cents * Int64(quantity)) }
    }

    static func draw(_ composer: Composer, _ source: inout Source) {
        let invoice = Invoice(composer: composer, style: composer.style)
        let lines = (0..<source.dice.pick(weighted: [(1, 0.15), (3, 0.3), (5, 0.3), (9, 0.15), (22, 0.1)])).map { _ in
            Line(
                description: source.dice.pick(source.words.supplies),
                quantity: source.dice.chance(0.4) ? 1 : source.dice.int(2...48),
                price: source.money(source.dice.chance(0.7) ? 3...180 : 180...2_900))
        }
        invoice.head(&source)
        invoice.table(lines)
        invoice.totals(lines, &source)
        composer.footers(note: composer.style.chance("thanks", 0.5) ? "Thank you for your business." : nil)
    }

    private func head(_ source: inout Source) {
        let supplier = Span(
            style.chance("own supplier", 0.85)
                ? style.pick("supplier", source.words.suppliers) : source.dice.pick(source.words.suppliers),
            "supplier_name", .name)
        composer.letterhead(
            Sender(
                name: [supplier], address: source.senderAddress(), phone: source.senderPhone(),
                web: style.pick("site", ["www.invoices.example", "sales@supplier.example", "accounts@vendor.example"])))
        composer.print(
            style.pick(
                "title",
                [
                    "INVOICE", "Invoice", "Sales Invoice", "TAX INVOICE", "Statement / Invoice", "INVOICE",
                    "Service Invoice",
                    "MEDICAL INVOICE",
                ]),
            style.head.sized(style.number("title size", 1.4...2.4)).bold,
            align: style.pick("title's place", [.left, .right, .centre]))
        composer.gap(6)
        let top = composer.y
        let address = source.address()
        composer.print([
            Span(style.pick("bill to", ["Bill To:", "Sold To:", "Customer:", "Invoice To:", "BILL TO"]), bold: true)
        ])
        let person = source.person()
        let customer =
            style.chance("bills a person", 0.15)
            ? [
                "\(person.first) \(person.last)", address.street, address.place,
                "\(person.last.lowercased())@mail.example",
            ]
            : [source.dice.pick(source.words.facilities), "Attn: Accounts Payable", address.street, address.place]
        composer.addressBlock(customer.map { [Span($0)] })
        let under = composer.y
        let start = composer.left
        let beside = style.chance("facts beside", 0.6)
        if beside {
            composer.y = top
            composer.left = composer.pageWidth * style.number("edge", 0.5...0.6)
        }
        composer.pairs(
            pairs(&source),
            arrangement: beside
                ? style.pick("narrow", [.running, .aligned, .rightAligned, .boxedRows])
                : style.pick("block", [.headedRow, .boxedGrid, .labelAbove, .twoColumns, .aligned]))
        composer.left = start
        composer.y = max(under, composer.y) + 6
    }

    private func pairs(_ source: inout Source) -> [Pair] {
        let day = source.day()
        let shapes = [
            "INV-#####", "######", "#####", "2026-####", "@@-######", "########", "INV######", "S###-####",
            "########-#", "##-@@@####",
        ]
        var pairs = [
            Pair(
                style.labelSpan("invoice_number"),
                [style.value(Span(source.shaped(style.pick("number", shapes)), "invoice_number", .identifier))]),
            Pair(style.labelSpan("invoice_date"), [style.value(Span(source.formats.date(day), "invoice_date", .date))]),
        ]
        if style.chance("date first", 0.35) { pairs.swapAt(0, 1) }
        if style.chance("due", 0.75) {
            pairs.append(
                Pair(
                    style.labelSpan("due_date"),
                    [
                        style.value(
                            Span(
                                source.formats.date(day.later(source.dice.pick([10, 15, 30, 30, 45, 60]))), "due_date",
                                .date))
                    ]))
        }
        if style.chance("order", 0.6), source.dice.chance(0.85) {
            let number = source.shaped(
                style.pick("order shape", ["PO-#####", "######", "45########", "P##-####", "MC######"]))
            pairs.append(
                Pair(
                    style.labelSpan("purchase_order_number"),
                    [style.value(Span(number, "purchase_order_number", .identifier))]))
        }
        if style.chance("tax id", 0.35) {
            pairs.append(
                Pair(
                    style.labelSpan("supplier_tax_id"),
                    [Span(source.formats.taxIdentifier(source.taxIdentifier()), "supplier_tax_id", .taxIdentifier)]))
        }
        if style.chance("terms", 0.5) {
            pairs.append(
                Pair(
                    style.ended("Terms"),
                    [Span(style.pick("terms text", ["Net 30", "Net 45", "Due on receipt", "2% 10, Net 30"]))]))
        }
        if style.chance("customer", 0.4) {
            pairs.append(
                Pair(
                    style.ended(style.pick("customer label", ["Customer #", "Account No.", "Cust ID"])),
                    [Span(source.shaped(style.pick("customer shape", ["C####", "####", "######"])))]))
        }
        return pairs
    }

    private func table(_ lines: [Line]) {
        var names = ["description", "quantity", "unit_price", "amount"]
        if style.chance("quantity first", 0.45) { names = ["quantity", "description", "unit_price", "amount"] }
        if style.chance("amounts alone", 0.15) { names = ["description", "amount"] }
        let itemised = style.chance("item numbers", 0.3)
        let bare = style.chance("bare amounts", 0.5)
        let money = { (amount: Money, path: String) in [Span(style.formats.money(amount, bare: bare), path, .money)] }
        var rows = lines.enumerated().map { index, line in
            let path = "line_items[\(index)]"
            let cells = names.map { name in
                switch name {
                case "description": TableCell([Span(line.description, "\(path).description", .text)])
                case "quantity": TableCell([Span(String(line.quantity), "\(path).quantity", .number)])
                case "unit_price": TableCell(money(line.price, "\(path).unit_price"))
                default: TableCell(money(line.amount, "\(path).amount"))
                }
            }
            return TableRow((itemised ? [TableCell("\(1000 + Int(Dice.hash(line.description) % 9000))")] : []) + cells)
        }
        if lines.count < 4, style.chance("empty rows", 0.3) {
            rows += (0..<4).map { _ in TableRow(names.map { _ in TableCell() }) }
        }
        let heads =
            (itemised
                ? [TableColumn(head: [style.pick("item head", ["Item #", "SKU", "Part No."])], align: .left)] : [])
            + names.map { TableColumn(head: [style.label($0)], align: $0 == "description" ? .left : .right) }
        composer.table(TableContent(columns: heads, rows: rows))
    }

    private func totals(_ lines: [Line], _ source: inout Source) {
        let subtotal = lines.reduce(Money.zero) { $0 + $1.amount }
        let taxed = style.chance("taxed", 0.6)
        let tax = taxed ? Money(cents: subtotal.cents * Int64(source.dice.pick([0, 600, 725, 825])) / 10_000) : .zero
        var pairs: [Pair] = []
        if taxed || style.chance("subtotal", 0.4) {
            pairs.append(
                Pair(
                    style.labelSpan("subtotal_amount"), [Span(style.formats.money(subtotal), "subtotal_amount", .money)]
                ))
        }
        if taxed {
            pairs.append(Pair(style.labelSpan("tax_amount"), [Span(style.formats.money(tax), "tax_amount", .money)]))
        }
        pairs.append(
            Pair(
                style.labelSpan("total_amount").emphasised(),
                [Span(style.formats.money(subtotal + tax), "total_amount", .money).emphasised()]))
        composer.need(80)
        let start = composer.left
        if style.chance("totals at the right", 0.8) { composer.left = composer.right - min(composer.width, 230) }
        composer.pairs(pairs, arrangement: style.pick("totals", [.aligned, .rightAligned, .boxedRows, .running]))
        composer.left = start
        if style.chance("asks for questions", 0.3) {
            composer.paragraph(
                "If you have any questions about this invoice, please call \(source.formats.phone(source.phone())).")
        }
        if style.chance("payment note", 0.5) {
            composer.paragraph(
                "Please make checks payable to the name above and write the invoice number on your check. A finance charge of 1.5% per month applies to overdue balances.",
                style.small)
        }
    }
}
