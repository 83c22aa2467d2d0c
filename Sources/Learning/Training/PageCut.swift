import Documents

/// Makes a document of one page into one of two, as a longer one would have run over.
///
/// Most drawn documents have one page; where documents begin is learned from those that go on, too.
struct PageCut {
    /// The document with its last lines on a page of their own, or nil when it is too short or has several pages.
    func cut(_ example: Example, using dice: inout Dice) -> Example? {
        guard example.pages.count == 1, let page = example.pages.first, page.words.count > 50 else { return nil }
        let tops = page.words.map(\.box.top).sorted()
        let edge = tops[tops.count * (30 + dice.below(45)) / 100] - 1
        var first = page
        var second = page
        first.words = page.words.filter { $0.box.top < edge }
        second.words = page.words.filter { $0.box.top >= edge }
        first.checkboxes = page.checkboxes.filter { $0.box.top < edge }
        second.checkboxes = page.checkboxes.filter { $0.box.top >= edge }
        guard first.words.count > 15, second.words.count > 15 else { return nil }
        second.page.number = 2
        let rise = edge - page.page.height * 0.08
        for index in second.words.indices { move(&second.words[index].box, by: -rise) }
        for index in second.checkboxes.indices { move(&second.checkboxes[index].box, by: -rise) }
        if dice.chance(0.4) { repeatHead(of: first, on: &second, dice: &dice) }
        if dice.chance(0.4) {
            number(&first, 1)
            number(&second, 2)
        }
        var example = example
        example.pages = [first, second]
        example.truth.pages = [1, 2]
        return example
    }

    private func move(_ box: inout Box, by distance: Double) {
        box.top += distance
        box.bottom += distance
    }

    /// A running head: the words of the first page's first line, at the edge of the second.
    private func repeatHead(of first: PageReading, on second: inout PageReading, dice: inout Dice) {
        guard let top = first.words.map(\.box.top).min() else { return }
        let head = first.words.filter { $0.box.top < top + 1.2 * $0.box.height }
        second.words =
            head.map { word in
                var word = word
                move(&word.box, by: second.page.height * 0.03 - top)
                return word
            } + second.words
    }

    private func number(_ page: inout PageReading, _ number: Int) {
        let height = page.page.height * 0.011
        var left = page.page.width * 0.8
        for text in ["Page", "\(number)", "of", "2"] {
            let width = Double(text.count) * height * 0.6
            let box = Box(
                left: left, top: page.page.height * 0.96, right: left + width, bottom: page.page.height * 0.96 + height)
            page.words.append(Word(text: text, box: box, confidence: 0.95, line: 10_000))
            left += width + height * 0.4
        }
    }
}
