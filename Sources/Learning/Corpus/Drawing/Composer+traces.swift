import Documents

extension Composer {
    /// What the mail leaves on a paper that is no part of the document: a received stamp, a fax's head line, a note.
    func addTraces(_ source: inout Source) {
        if dice.chance(0.07) { faxHeads(&source) }
        if dice.chance(0.1) { stamp(&source) }
        if dice.chance(0.05) { penNote(&source) }
    }

    private func faxHeads(_ source: inout Source) {
        let font = Font(dice.pick(["Liberation Mono", "Liberation Sans", "DejaVu Sans Mono"]), 7.5)
        let day = source.formats.date(source.day())
        let time = "\(dice.int(1...12)):\(dice.int(10...59)) \(dice.pick(["AM", "PM"]))"
        let (phone, sender) = (source.formats.phone(source.phone()), source.dice.pick(source.words.providers))
        let count = pages.count
        onEveryPage { composer, index in
            let text = "\(day) \(time)  From: \(sender)  Fax: \(phone)  Page: \(index + 1) of \(count)"
            composer.place([Span(text)], font, x: 28, baseline: 16)
        }
    }

    private func stamp(_ source: inout Source) {
        let font = Font(dice.pick(["Liberation Sans", "FreeSans", "Liberation Serif"]), 12, bold: true)
        let lines = [
            dice.pick(["RECEIVED", "RECEIVED", "SCANNED", "PROCESSED", "COPY", "MAIL ROOM", "POSTED"]),
            source.formats.longDate(source.day()).uppercased(),
        ]
        let wide = (lines.map { measure.width($0, font) }.max() ?? 0) + 16
        guard let box = freePlace(width: wide, height: 36) else { return }
        let ink = dice.pick([Ink(red: 0.6, green: 0.1, blue: 0.1), Ink(red: 0.1, green: 0.15, blue: 0.5), .grey(0.2)])
        onFirstPage { composer in
            composer.frame(box, width: 1.4, ink: ink)
            composer.place([Span(lines[0])], font, x: box.left + 8, baseline: box.top + 14, ink: ink)
            composer.place([Span(lines[1])], font, x: box.left + 8, baseline: box.top + 29, ink: ink)
        }
    }

    private func penNote(_ source: inout Source) {
        let font = Font(dice.pick(["DkgHandwriting", "femkeklaver", "Rufscript"]), 13)
        let note = dice.pick([
            "post to acct", "call pt", "see attached", "2nd request", "ok to file", "sent to billing", "dup?",
            "appeal this", "pd 6/2",
        ])
        guard let box = freePlace(width: measure.width(note, font) + 6, height: 18) else { return }
        onFirstPage { composer in
            composer.place(
                [Span(note)], font, x: box.left + 3, baseline: box.bottom - 4,
                ink: Ink(red: 0.05, green: 0.1, blue: 0.5))
        }
    }

    private func onFirstPage(_ print: (Composer) -> Void) {
        onEveryPage { composer, index in if index == 0 { print(composer) } }
    }

    /// A place on the first page where nothing is printed.
    private func freePlace(width: Double, height: Double) -> Box? {
        guard let page = pages.first else { return nil }
        for _ in 0..<30 {
            let left = dice.double(20...max(21, page.width - width - 20))
            let top = dice.double(20...(page.height - height - 30))
            let box = Box(left: left, top: top, right: left + width, bottom: top + height)
            if page.words.allSatisfy({ $0.box.overlapArea(box.grown(by: 4)) == 0 }) { return box }
        }
        return nil
    }
}
