import CSeccomp
import Foundation

/// The system calls that are left to a reader process once its wall stands, as a seccomp filter.
///
/// What is needed to think, to remember and to answer on the open socket is allowed. What only an attacker would try
/// ends the process. All else is refused with EPERM, so that a library that asks for a convenience goes on without it.
enum SystemCallFilter {
    /// Allowed whatever the arguments.
    private static let allowed = [
        // Memory. Recognition engines compile their kernels, so pages may become executable, and keep their weights near
        // the processor that uses them.
        "brk", "madvise", "mbind", "mmap", "mprotect", "mremap", "munmap",
        // Threads and their waiting.
        "exit", "exit_group", "futex", "get_robust_list", "gettid", "membarrier", "rseq", "sched_getaffinity",
        "sched_yield", "set_robust_list", "set_tid_address",
        // Signals of its own.
        "restart_syscall", "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait",
        "sigaltstack",
        // Time and chance.
        "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "getrandom", "gettimeofday", "nanosleep",
        "time",
        // Itself and its machine.
        "getcpu", "getegid", "geteuid", "getgid", "getpgrp", "getpid", "getppid", "getrlimit", "getrusage", "getuid",
        "setrlimit", "sysinfo", "times", "uname",
        // Descriptors that are open.
        "close", "dup", "eventfd2", "fcntl", "fstat", "fstatfs", "getdents64", "lseek", "pipe2", "poll", "ppoll",
        "pread64", "pselect6", "read", "readv", "recvfrom", "select", "write", "writev",
        // Looking at names; what may be opened, Landlock says.
        "access", "faccessat", "faccessat2", "getcwd", "lstat", "newfstatat", "readlink", "readlinkat", "stat",
        "statfs", "statx",
    ]

    /// End the process: no library on the way of a page has a use for them.
    private static let deadly = [
        "accept", "accept4", "bind", "bpf", "chroot", "connect", "delete_module", "execve", "execveat",
        "finit_module", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "kexec_load",
        "keyctl", "kill", "listen", "mount", "move_mount", "open_by_handle_at", "perf_event_open",
        "pidfd_getfd", "pidfd_open", "pidfd_send_signal", "pivot_root", "process_vm_readv", "process_vm_writev",
        "ptrace", "recvmsg", "reboot", "sendmmsg", "sendmsg", "setgid", "setns", "setuid", "socket", "socketpair",
        "swapon", "umount2", "unshare", "userfaultfd",
    ]

    private static let allow = UInt32(0x7FFF_0000)
    private static let endProcess = UInt32(0x8000_0000)

    private static func refuse(_ error: Int32) -> UInt32 { 0x0005_0000 | UInt32(error) }

    /// A condition on one argument of a call.
    private struct Condition {
        let argument: UInt32
        let mask: UInt64
        let value: UInt64

        var comparison: scmp_arg_cmp {
            scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
        }
    }

    /// Puts the filter on every thread of the process, for the rest of its life.
    static func install() throws(ReadingError) {
        guard let filter = seccomp_init(refuse(EPERM)) else { throw unavailable }
        defer { seccomp_release(filter) }
        guard seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0 else { throw unavailable }
        for name in allowed { try add(name, allow, to: filter) }
        for name in deadly { try add(name, endProcess, to: filter) }
        for rule in conditional { try add(rule.name, allow, rule.condition, to: filter) }
        // The C library then starts threads with `clone`, whose flags a filter can see.
        try add("clone3", refuse(ENOSYS), to: filter)
        guard seccomp_load(filter) == 0 else { throw unavailable }
    }

    /// Allowed only in one way: opening for reading, starting threads but no processes, sending without an address,
    /// limits and signals of the process itself.
    private static var conditional: [(name: String, condition: Condition)] {
        let writing = UInt64(O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND)
        let thread = UInt64(CLONE_THREAD)
        let all = UInt64.max
        return [
            ("open", Condition(argument: 1, mask: writing, value: 0)),
            ("openat", Condition(argument: 2, mask: writing, value: 0)),
            ("clone", Condition(argument: 0, mask: thread, value: thread)),
            ("sched_setaffinity", Condition(argument: 0, mask: all, value: 0)),
            ("sendto", Condition(argument: 4, mask: all, value: 0)),
            ("prlimit64", Condition(argument: 0, mask: all, value: 0)),
            ("prctl", Condition(argument: 0, mask: all, value: UInt64(PR_SET_NAME))),
            ("tgkill", Condition(argument: 0, mask: all, value: UInt64(getpid()))),
        ]
    }

    /// Adds a rule; a call that this machine's architecture does not have needs none.
    private static func add(
        _ name: String, _ action: UInt32, _ condition: Condition? = nil, to filter: scmp_filter_ctx
    ) throws(ReadingError) {
        let number = seccomp_syscall_resolve_name(name)
        guard number >= 0 else { return }
        let comparisons = condition.map { [$0.comparison] } ?? []
        guard seccomp_rule_add_array(filter, action, number, UInt32(comparisons.count), comparisons) == 0 else {
            throw unavailable
        }
    }

    private static let unavailable = ReadingError(
        .readerFailed,
        "The kernel does not let a reader process be walled in (seccomp), so no file is opened. Allow seccomp filters.")
}
