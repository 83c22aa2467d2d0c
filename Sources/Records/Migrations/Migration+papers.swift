extension Migration {
    /// Which payment a remittance on several papers is of.
    static func papers(_ dialect: SQLDialect) -> [String] {
        [
            "ALTER TABLE remittance_items ADD COLUMN joint_payment TEXT",
            """
            CREATE INDEX remittance_items_joint ON remittance_items (sender, payer, joint_payment)
                WHERE joint_payment IS NOT NULL
            """,
        ]
    }
}
