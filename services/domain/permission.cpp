// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/permission.h"

#include <QCoreApplication>

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Permission)
};

} // namespace

QString Permission::object() const
{
    const bool isOwnGroup = !group.contains(u'.') || group.endsWith(QLatin1String(".k8s.io"));
    QString words = isOwnGroup ? resource : resource + u'.' + group;
    for (const QString &part : {subresource, name}) {
        if (!part.isEmpty())
            words += QLatin1Char('/') + part;
    }
    return words;
}

QString Permission::text() const
{
    return nameSpace.isEmpty() ? Text::tr("%1 %2 in the whole cluster").arg(verb, object())
                               : Text::tr("%1 %2 in %3").arg(verb, object(), nameSpace);
}
