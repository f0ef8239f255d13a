// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/namespacename.h"

#include <QCoreApplication>
#include <QRegularExpression>

QString namespaceNameProblem(const QString &name)
{
    static const QRegularExpression label(QStringLiteral("\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"));
    if (label.match(name).hasMatch())
        return {};
    return QCoreApplication::translate("NamespaceName",
        "\"%1\" can't be a namespace: only a-z, 0-9 and hyphens, not at the ends, at most 63 characters.")
        .arg(name);
}
