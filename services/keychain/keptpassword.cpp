// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/keychain/keptpassword.h"

#include <QList>

namespace {

constexpr auto formatName = "pennant-1";
constexpr int headLines = 5;

} // namespace

/// Lines, with the password as all that is left. Made in one piece: what JSON writers copy is not wiped.
SecretString encoded(const KeptPassword &password)
{
    const ClientCredential &credential = password.credential;
    const QByteArray head = QByteArray(formatName) + '\n' + credential.version.uid.toUtf8() + '\n'
        + credential.version.resourceVersion.toUtf8() + '\n'
        + password.fetchedAt.toUTC().toString(Qt::ISODateWithMs).toUtf8() + '\n' + credential.username.toUtf8() + '\n';
    const QByteArray &secret = credential.password.revealUtf8();
    QByteArray text;
    text.reserve(head.size() + secret.size());
    text.append(head).append(secret);
    return SecretString(std::move(text));
}

std::optional<KeptPassword> decoded(const SecretString &text)
{
    const QByteArray &all = text.revealUtf8();
    QList<QByteArray> head;
    qsizetype from = 0;
    while (head.size() < headLines) {
        const qsizetype end = all.indexOf('\n', from);
        if (end < 0)
            return std::nullopt;
        head.append(all.mid(from, end - from));
        from = end + 1;
    }
    KeptPassword password;
    password.credential.version = {QString::fromUtf8(head[1]), QString::fromUtf8(head[2])};
    password.fetchedAt = QDateTime::fromString(QString::fromLatin1(head[3]), Qt::ISODateWithMs);
    password.credential.username = QString::fromUtf8(head[4]);
    password.credential.password = SecretString(QByteArray(all.constData() + from, all.size() - from));
    if (head[0] != formatName || !password.fetchedAt.isValid() || password.credential.password.isEmpty())
        return std::nullopt;
    return password;
}
