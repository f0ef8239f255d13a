// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/network/login.h"
#include "services/network/tokenkeeping.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

/// One try of a Login for all who ask the same. It ends with the last who keeps it. GUI thread.
class SharedLogin final : public QObject {
    Q_OBJECT

public:
    explicit SharedLogin(std::unique_ptr<Login> login);

    Pending<LoginCredential> outcome();
    QString words() const { return m_login->words(); }

Q_SIGNALS:
    void wordsChanged();

private:
    std::unique_ptr<Login> m_login;
    Pending<LoginCredential> m_running;
    std::vector<Pending<LoginCredential>::Answer> m_waiting;
    std::optional<Result<LoginCredential>> m_outcome;
};

/// The logins of all clusters that are open: what several ask for alike is asked once. A provider may take a refresh
/// token once, so whoever has one that another has spent is to learn what for; and a plugin may open a browser. GUI
/// thread.
class Logins final {
public:
    explicit Logins(std::shared_ptr<Clock> clock = std::make_shared<SystemClock>());

    /// The one that is under way, or another. As in client-go, plugins are the same where all is that they are told.
    std::shared_ptr<SharedLogin> ask(const ExecPlugin &plugin, const QString &user);
    std::shared_ptr<SharedLogin> ask(const OidcLogin &login, const QString &user);
    /// Where the tokens of `user` in the kubeconfig `file` are kept, for as long as anybody uses it.
    std::shared_ptr<TokenKeeping> keeping(const QString &file, const QString &user);

private:
    template <typename Asked> using UnderWay = std::vector<std::pair<Asked, std::weak_ptr<SharedLogin>>>;

    std::shared_ptr<Clock> m_clock;
    UnderWay<ExecPlugin> m_plugins;
    UnderWay<OidcLogin> m_providers;
    std::map<std::pair<QString, QString>, std::weak_ptr<TokenKeeping>> m_keepings;
};
