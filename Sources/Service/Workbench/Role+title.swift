import Governance

extension Role {
    /// What the screen calls the role.
    var title: String { rawValue.replacing("_", with: " ") }
}
