// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/base/freedmemory.h"

#include <QCoreApplication>
#include <QTimer>

#include <atomic>
#include <cstddef>
#include <cstdlib> // which defines __GLIBC__
#include <cstring>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define PENNANT_HAS_SANITIZER
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)                              \
    && !defined(PENNANT_HAS_SANITIZER)
#define PENNANT_WIPES_FREED_MEMORY
#endif

namespace {
std::atomic_int wanted{0};
constexpr std::chrono::milliseconds longestLater = std::chrono::seconds(10);
} // namespace

FreedMemoryWiping::FreedMemoryWiping()
{
    ++wanted;
}

FreedMemoryWiping::~FreedMemoryWiping()
{
    --wanted;
}

bool FreedMemoryWiping::isOn()
{
    return wanted.load(std::memory_order_relaxed) > 0;
}

SecretTrace::~SecretTrace()
{
    end();
}

void SecretTrace::begin()
{
    if (!m_wiping)
        m_wiping = std::make_shared<FreedMemoryWiping>();
}

void SecretTrace::end()
{
    if (m_wiping && QCoreApplication::instance())
        QTimer::singleShot(longestLater, QCoreApplication::instance(), [kept = std::move(m_wiping)] {});
    m_wiping.reset();
}

#if defined(PENNANT_WIPES_FREED_MEMORY)

#include <malloc.h>

// The program's own free() and realloc() come before the C library's for every library in the process.
extern "C" {

void __libc_free(void *block); // NOLINT(bugprone-reserved-identifier)
void *__libc_realloc(void *block, std::size_t size); // NOLINT(bugprone-reserved-identifier)

void free(void *block)
{
    if (block && wanted.load(std::memory_order_relaxed) > 0)
        explicit_bzero(block, malloc_usable_size(block));
    __libc_free(block);
}

void *realloc(void *block, std::size_t size)
{
    if (!block || size == 0 || wanted.load(std::memory_order_relaxed) == 0)
        return __libc_realloc(block, size);
    const std::size_t held = malloc_usable_size(block);
    void *moved = malloc(size);
    if (!moved)
        return nullptr;
    std::memcpy(moved, block, held < size ? held : size);
    free(block);
    return moved;
}

} // extern "C"

bool FreedMemoryWiping::isPossible()
{
    return true;
}

#else

bool FreedMemoryWiping::isPossible()
{
    return false;
}

#endif
