import Foundation

/// Processor time, in the kernel's ticks, of this program and of the processes that it started and that still run.
enum ProcessorTime {
    static func seconds() -> Double {
        let own = ProcessInfo.processInfo.processIdentifier
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let ticks = numbers.compactMap { Int32($0) }.reduce(0) { sum, number in
            guard let times = times(of: number), number == own || times.parent == own else { return sum }
            return sum + times.ticks
        }
        return Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The parent of a process and its ticks, its own and the kernel's for it (proc(5), /proc/pid/stat).
    private static func times(of process: Int32) -> (parent: Int32, ticks: Int)? {
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        // The name, in brackets, may hold anything; what follows it are numbers.
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let parent = Int32(fields[1]), let user = Int(fields[11]), let system = Int(fields[12])
        else { return nil }
        return (parent, user + system)
    }
}
