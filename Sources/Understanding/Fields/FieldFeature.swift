/// The facts about a pair of field and candidate that the trees decide by, in the order in which they are stored.
enum FieldFeature: Int, CaseIterable, Sendable {
    case leftWeight, leftWords, leftGap, leftBetween, leftRank, leftColon, leftStart, leftDominated,
        leftAffinity
    case aboveWeight, aboveWords, aboveDrop, aboveOffset, aboveOverlap, aboveRank, aboveCovers,
        aboveDominated,
        aboveAffinity
    case underAffinity, underDistance, beforeAffinity
    case otherLeftAffinity, otherAboveAffinity, ownLead
    case isDate, isMoney, isIdentifier, isName, isSentence, isCode, isPhone, isNumber
    case wordCount, digitCount, letterCount, shape, readingConfidence, isMended, rangePlace, isTerm
    case x, y, pageIndex, rowWordCount, coversSegment, size, isCapitals, coveredByLabels
    case learned, learnedRank, learnedLead, candidateCount, equalCount, bestLabel, repeats, scope
}
