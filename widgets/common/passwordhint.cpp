// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/passwordhint.h"

#include "services/domain/account.h"

#include <QCoreApplication>

QString passwordHint(const SecretString &password, const QString &usual)
{
    if (!isEncodedInUrl(password))
        return usual;
    return QCoreApplication::translate("PasswordHint",
        "%1 In a client URL some of these characters are percent-encoded, which some clients, nats-py among them, "
        "don't decode: give those user and password separately.")
        .arg(usual)
        .trimmed();
}
