// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "services/base/secretstring.h"
#include "services/domain/accountspec.h"
#include "services/domain/wireenum.h"

#include <QDateTime>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

/// How a client inside the cluster reaches the runtime as one account. The password is not part of it: it is fetched
/// when a person asks to see or copy it.
struct ConnectionDetails {
    QString account;
    QString host; ///< "nats.pennant-messaging.svc.cluster.local"
    int port = 4222;
    QString username;
    QString webSocketUrl; ///< empty where WebSocket is off
    QString secretName; ///< the Secret (Service Binding shape) that workloads mount
    QString nameSpace; ///< where that Secret lives

    bool operator==(const ConnectionDetails &) const = default;
};

/// `nats://user:password@host:port`, with user and password percent-encoded (RFC 3986).
SecretString clientUrl(const ConnectionDetails &details, const SecretString &password);

/// The same with the password left out and dots in its place, for showing.
QString maskedClientUrl(const ConnectionDetails &details);

/// True where a user or a password stands in such a URL otherwise than it is. Not every client decodes it again:
/// nats-py sends it as it stands.
bool isEncodedInUrl(const SecretString &part);

/// The other of the two names that the managed login of `account` takes by turns: "shop", "shop_2".
QString nextClientUsername(const QString &account, const QString &current);

/// How the managed login of an account stands.
enum class CredentialState {
    Unknown, ///< it is not known here, or may not be
    Active, ///< every server takes what the Secret holds
    PendingReload, ///< it was changed, and not every server runs with it so far
    Rotating, ///< the one before still works as well
    Drifted, ///< the Secret holds another than servers take: somebody changed one of them by hand
};

/// The managed login that another has taken the place of, and that still works.
struct RetiringLogin {
    QString username;
    QDateTime since; ///< UTC
    bool endsWhenUnused = false; ///< once no client is connected by it; else when an operator ends it

    bool operator==(const RetiringLogin &) const = default;
};

/// What was asked of an account last, and what has become of it.
struct AccountOperation {
    enum class Kind { Create, Change, Rotate, EndOverlap, Delete };
    enum class State { Running, Failed, Done };

    Kind kind = Kind::Create;
    State state = State::Running;
    QString id; ///< a new one for every request
    QString requestedBy; ///< "ana@laptop"
    QDateTime requestedAt; ///< UTC
    std::optional<Error> error; ///< with Failed

    bool operator==(const AccountOperation &) const = default;
};

constexpr auto wireNames(AccountOperation::Kind)
{
    using Kind = AccountOperation::Kind;
    return WireNames<Kind, 5>{{{Kind::Create, "create"}, {Kind::Change, "change"}, {Kind::Rotate, "rotate"},
        {Kind::EndOverlap, "end_overlap"}, {Kind::Delete, "delete"}}};
}

constexpr auto wireNames(AccountOperation::State)
{
    using State = AccountOperation::State;
    return WireNames<State, 3>{{{State::Running, "running"}, {State::Failed, "failed"}, {State::Done, "done"}}};
}

/// One application account of the runtime.
struct Account {
    QString name;
    QString displayName; ///< for people; never empty
    ConnectionDetails connection; ///< of its managed login
    AccountSpec spec = {};
    CredentialState credential = CredentialState::Unknown;
    std::optional<RetiringLogin> retiring = {};
    std::optional<AccountOperation> operation = {}; ///< nothing: it came with the runtime
    bool hasLostPassword = false; ///< what was typed when it was made was never stored: one was generated instead

    bool isInProgress() const { return operation && operation->state == AccountOperation::State::Running; }
    bool operator==(const Account &) const = default;
};

struct RuntimeSpec;

/// The account that is seeded when the runtime is enabled.
inline QString defaultAccountName()
{
    return QStringLiteral("default");
}

/// The accounts that a runtime of this spec has, by name.
QStringList accountsMadeWith(const RuntimeSpec &spec);
