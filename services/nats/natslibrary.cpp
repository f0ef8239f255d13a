// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/nats/natslibrary.h"

#include <QCoreApplication>
#include <QLibrary>

#include <atomic>

namespace {
std::atomic<const NatsLibrary *> loadedLibrary = nullptr;
} // namespace

NatsLibrary::NatsLibrary()
{
    QLibrary library(QStringLiteral(PENNANT_NATS_LIBRARY)); // stays loaded: QLibrary unloads only where it is asked to
    const auto resolve = [&](auto &function, const char *name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(library.resolve(name));
        if (!function && m_problem.isEmpty())
            m_problem = library.errorString();
    };
#define PENNANT_NATS_RESOLVE(function) resolve(function, #function);
    PENNANT_NATS_FUNCTIONS(PENNANT_NATS_RESOLVE)
#undef PENNANT_NATS_RESOLVE
}

Result<const NatsLibrary *> NatsLibrary::load()
{
    static const NatsLibrary library;
    if (!library.m_problem.isEmpty())
        return fail(Error::Kind::Local,
            QCoreApplication::translate("NatsConnection",
                "The NATS client library (%1) can't be loaded. Install it, or Pennant anew, then start Pennant again.")
                .arg(QStringLiteral(PENNANT_NATS_LIBRARY)),
            library.m_problem);
    loadedLibrary = &library;
    return &library;
}

const NatsLibrary *NatsLibrary::loaded()
{
    return loadedLibrary;
}
