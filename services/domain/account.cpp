// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/domain/account.h"

namespace {

QByteArray clientUrlWith(const ConnectionDetails &details, const QByteArray &encodedPassword)
{
    return "nats://" + details.username.toUtf8().toPercentEncoding() + ':' + encodedPassword + '@'
        + details.host.toUtf8() + ':' + QByteArray::number(details.port);
}

} // namespace

QStringList accountsMadeWith(const RuntimeSpec &)
{
    return {defaultAccountName()};
}

SecretString clientUrl(const ConnectionDetails &details, const SecretString &password)
{
    return SecretString(clientUrlWith(details, password.revealUtf8().toPercentEncoding()));
}

bool isEncodedInUrl(const SecretString &part)
{
    const QByteArray plain = part.revealUtf8();
    return plain.toPercentEncoding() != plain;
}

QString nextClientUsername(const QString &account, const QString &current)
{
    // no name of an account or user has an underscore
    return current == account ? account + QStringLiteral("_2") : account;
}

QString maskedClientUrl(const ConnectionDetails &details)
{
    return QString::fromUtf8(clientUrlWith(details, QStringLiteral("••••••••").toUtf8()));
}
