// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/impersonationheaders.h"

#include <algorithm>

HeaderLines impersonationHeaders(const Impersonation &impersonation)
{
    HeaderLines lines;
    if (impersonation.user.isEmpty())
        return lines;
    const auto add = [&lines](const QByteArray &name, const QStringList &values) {
        QByteArrayList encoded;
        for (const QString &value : values)
            encoded.append(value.toUtf8());
        if (!encoded.isEmpty())
            lines.emplaceBack(name, encoded);
    };
    add("Impersonate-User", {impersonation.user});
    if (!impersonation.uid.isEmpty())
        add("Impersonate-Uid", {impersonation.uid});
    add("Impersonate-Group", impersonation.groups);
    for (auto extra = impersonation.extra.begin(); extra != impersonation.extra.end(); ++extra)
        add("Impersonate-Extra-" + QUrl::toPercentEncoding(extra.key()), extra.value());
    return lines;
}

bool haveOneValueEach(const HeaderLines &lines)
{
    return std::all_of(lines.begin(), lines.end(), [](const auto &line) { return line.second.size() == 1; });
}
