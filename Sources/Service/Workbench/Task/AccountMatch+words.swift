import Documents

extension AccountMatch {
    /// As the workbench's pages say it.
    var words: String {
        "account \(accountNumber), \(Int((probability.probability * 100).rounded(.down)))% sure"
    }
}
