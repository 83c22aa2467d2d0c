/// Why a reviewer sends a task to another queue.
package enum SendReason: String, Sendable, CaseIterable {
    case wrongQueue = "wrong_queue"
    case needsAuthority = "needs_authority"
    case needsKnowledge = "needs_knowledge"
    case wrongLanguage = "wrong_language"
    case other

    package var title: String {
        switch self {
        case .wrongQueue: "It belongs there"
        case .needsAuthority: "It needs somebody with more authority"
        case .needsKnowledge: "It needs somebody who knows the matter"
        case .wrongLanguage: "It is in another language"
        case .other: "Another reason"
        }
    }
}
