// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/logins.h"

#include "services/network/execpluginrun.h"
#include "services/network/oidcrefresh.h"

#include <algorithm>

namespace {

template <typename Run, typename UnderWay, typename Asked>
std::shared_ptr<SharedLogin> find(UnderWay &underWay, const Asked &asked, const QString &user)
{
    std::erase_if(underWay, [](const auto &each) { return each.second.expired(); });
    const auto same =
        std::find_if(underWay.begin(), underWay.end(), [&asked](const auto &each) { return each.first == asked; });
    if (same != underWay.end())
        return same->second.lock();
    auto login = std::make_shared<SharedLogin>(std::make_unique<Run>(asked, user));
    underWay.emplace_back(asked, login);
    return login;
}

} // namespace

SharedLogin::SharedLogin(std::unique_ptr<Login> login)
    : m_login(std::move(login))
{
    connect(m_login.get(), &Login::wordsChanged, this, &SharedLogin::wordsChanged);
    m_running = m_login->run();
    m_running.then(this, [this](Result<LoginCredential> outcome) {
        m_outcome = outcome;
        // the last who is told may let go of this
        const auto waiting = std::exchange(m_waiting, {});
        for (const auto &answer : waiting)
            answer(outcome);
    });
}

Pending<LoginCredential> SharedLogin::outcome()
{
    if (m_outcome)
        return Pending<LoginCredential>::answered(*m_outcome);
    return Pending<LoginCredential>::ask([this](Pending<LoginCredential>::Answer answer) -> std::function<void()> {
        m_waiting.push_back(std::move(answer));
        return {};
    });
}

Logins::Logins(std::shared_ptr<Clock> clock)
    : m_clock(std::move(clock))
{
}

std::shared_ptr<SharedLogin> Logins::ask(const ExecPlugin &plugin, const QString &user)
{
    return find<ExecPluginRun>(m_plugins, plugin, user);
}

std::shared_ptr<SharedLogin> Logins::ask(const OidcLogin &login, const QString &user)
{
    return find<OidcRefresh>(m_providers, login, user);
}

std::shared_ptr<TokenKeeping> Logins::keeping(const QString &file, const QString &user)
{
    std::erase_if(m_keepings, [](const auto &each) { return each.second.expired(); });
    std::weak_ptr<TokenKeeping> &known = m_keepings[{file, user}];
    std::shared_ptr<TokenKeeping> keeping = known.lock();
    if (!keeping)
        known = keeping = std::make_shared<TokenKeeping>(*m_clock, user);
    return keeping;
}
