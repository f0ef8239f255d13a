// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/domain/access.h"

#include <QList>
#include <QString>

/// What a person may do with the runtime of one namespace, as far as permissions decide.
struct RuntimeAccess {
    Access view;
    Access inspect; ///< logs, streams and consumers, and why something is as it is
    Access reach; ///< of that, streams and consumers: the tunnel and the login that looks
    Access edit; ///< streams and consumers: the tunnel and the login that changes
    Access write; ///< the runtime itself
    Access remove;
    Access reveal; ///< the clients' password of the default account
    Access accounts; ///< to make, change and delete them
    QString user = {}; ///< whom the server takes this person for; empty: nobody has said so

    bool operator==(const RuntimeAccess &) const = default;

    /// Before the server has been asked.
    static RuntimeAccess unknown();
};

/// Which permissions are to be asked for so that all of it is known, each once, and what the answers amount to. Pure.
class RuntimeAccessReview final {
public:
    explicit RuntimeAccessReview(QString nameSpace);

    QList<Permission> allButViewing() const;
    RuntimeAccess judged(const QList<Permission> &missing, const QString &user) const;

private:
    QString m_nameSpace;
};
