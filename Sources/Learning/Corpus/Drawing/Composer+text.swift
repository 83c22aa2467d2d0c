import Documents

/// Where a line of text stands in its column.
enum Alignment: Sendable {
    case left, centre, right
}

extension Composer {
    /// One line at the cursor, cut by nothing; the cursor goes under it.
    func print(
        _ spans: [Span], _ font: Font? = nil, align: Alignment = .left, ink: Ink = .black, leading: Double = 1.22
    ) {
        let font = font ?? body
        need(font.size * leading)
        y += font.size * leading
        place(spans, font, x: start(width(spans, font), align), baseline: y - font.size * 0.26, ink: ink)
    }

    func print(_ text: String, _ font: Font? = nil, align: Alignment = .left, ink: Ink = .black) {
        print([Span(text)], font, align: align, ink: ink)
    }

    private func start(_ width: Double, _ align: Alignment) -> Double {
        switch align {
        case .left: left
        case .centre: left + (self.width - width) / 2
        case .right: right - width
        }
    }

    /// Prose at the cursor, wrapped to the column; a block of up to ten lines stays on one page.
    func paragraph(
        _ spans: [Span], _ font: Font? = nil, align: Alignment = .left, leading: Double? = nil, after: Double = 6
    ) {
        let font = font ?? body
        let leading = leading ?? style.leading
        let lines = wrap(spans, font, width: width)
        need(Double(min(lines.count, 10)) * font.size * leading)
        for line in lines {
            print(line, font, align: align, leading: leading)
        }
        y += after
    }

    func paragraph(_ text: String, _ font: Font? = nil, align: Alignment = .left, after: Double = 6) {
        paragraph([Span(text)], font, align: align, after: after)
    }

    /// Breaks text into lines no wider than `width`; values of up to 28 characters stay whole.
    func wrap(_ spans: [Span], _ font: Font, width: Double) -> [[Span]] {
        var lines: [[Span]] = [[]]
        var used = 0.0
        for atom in atoms(spans) {
            let room = self.width(atom, font)
            let space = lines[lines.count - 1].isEmpty ? 0 : measure.width(" ", font)
            if used + space + room > width, used > 0 {
                lines.append(atom)
                used = room
            } else {
                if space > 0 { lines[lines.count - 1].append(Span(" ")) }
                lines[lines.count - 1] += atom
                used += space + room
            }
        }
        return lines.map(Composer.joined)
    }

    /// Unbreakable pieces: what stands between two spaces, with the spans it belongs to.
    private func atoms(_ spans: [Span]) -> [[Span]] {
        var atoms: [[Span]] = [[]]
        for var span in spans {
            if !span.tags.isEmpty {
                span.printing = nextPrinting()
                if span.text.count <= 28 { span.text = span.text.replacing(" ", with: "\u{A0}") }
            }
            for (index, piece) in span.text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { atoms.append([]) }
                guard !piece.isEmpty else { continue }
                var part = span
                part.text = String(piece)
                atoms[atoms.count - 1].append(part)
            }
        }
        return atoms.filter { !$0.isEmpty }
    }

    /// Neighbouring pieces of one span made one again, so that a line is drawn in few strokes.
    private static func joined(_ spans: [Span]) -> [Span] {
        var result: [Span] = []
        for (index, span) in spans.enumerated() {
            if var last = result.last, last.tags == span.tags, last.printing == span.printing, last.bold == span.bold,
                last.filled == span.filled
            {
                last.text += span.text
                result[result.count - 1] = last
            } else if span.text == " ", let last = result.last, index + 1 < spans.count,
                last.printing == spans[index + 1].printing, last.tags == spans[index + 1].tags
            {
                result[result.count - 1].text += " "
            } else {
                result.append(span)
            }
        }
        return result
    }
}
