// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/bucket.h"

#include "services/domain/subject.h"

#include <algorithm>

std::optional<Bucket> Bucket::of(const QString &stream, const QStringList &subjects, bool isMirror)
{
    for (const auto &[kind, prefix] :
        {std::pair(Kind::KeyValue, QLatin1String("KV_")), std::pair(Kind::ObjectStore, QLatin1String("OBJ_"))}) {
        if (!stream.startsWith(prefix) || stream.size() == prefix.size())
            continue;
        const Bucket bucket{kind, stream.mid(prefix.size())};
        const bool holdsItsOwn = std::any_of(
            subjects.cbegin(), subjects.cend(), [&](const QString &subject) { return bucket.owns(subject); });
        if (holdsItsOwn || isMirror)
            return bucket;
    }
    return std::nullopt;
}

bool Bucket::owns(const QString &subject) const
{
    const QString space = kind == Kind::KeyValue ? QStringLiteral("$KV.%1.>") : QStringLiteral("$O.%1.>");
    return subjectContains(space.arg(name), subject);
}
