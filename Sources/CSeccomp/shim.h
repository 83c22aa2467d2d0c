#include <linux/landlock.h>
#include <linux/sched.h>
#include <malloc.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Swift calls no variadic functions: `prctl` is one.
static inline int reader_set_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

// The C library's `close_range` and `closefrom` are hidden from Swift, which does not define _GNU_SOURCE.
static inline int reader_close_from(unsigned int first) { return (int)syscall(SYS_close_range, first, ~0U, 0); }

// The C library has no functions for Landlock's system calls, and `syscall` is variadic.
static inline int reader_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static inline int reader_landlock_create_ruleset(const void *attributes, size_t size) {
    return (int)syscall(SYS_landlock_create_ruleset, attributes, size, 0);
}

static inline int reader_landlock_add_path(int ruleset, const struct landlock_path_beneath_attr *rule) {
    return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0);
}

static inline int reader_landlock_restrict_self(int ruleset) {
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}

// Swift sees none of <malloc.h>. Pieces under `own` bytes come from the heap, and it keeps up to `free` bytes unused.
static inline void reader_keep_memory(int own, int free) {
    mallopt(M_MMAP_THRESHOLD, own);
    mallopt(M_TRIM_THRESHOLD, free);
}

// Gives back what is unused at the heap's end, but for `kept` bytes, when more than `kept` bytes are unused.
static inline void reader_give_memory_back(size_t kept) {
    if (mallinfo2().fordblks > kept) malloc_trim(kept);
}
