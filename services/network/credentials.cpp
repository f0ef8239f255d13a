// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/credentials.h"

#include "services/base/clock.h"
#include "services/base/logging.h"

#include <algorithm>
#include <utility>

namespace {

constexpr std::chrono::milliseconds firstPause = std::chrono::seconds(10);
constexpr std::chrono::milliseconds longestPause = std::chrono::minutes(10);

} // namespace

Credentials::Credentials(Clock &clock, Use use)
    : m_clock(clock)
    , m_use(std::move(use))
    , m_token(clock)
    , m_backoff(firstPause, longestPause)
    , m_refusals(firstPause, longestPause)
{
    connect(&m_token, &TokenFile::read, this, &Credentials::answerRefused);
}

Credentials::~Credentials() = default;

void Credentials::set(const ClusterAccess &access)
{
    const bool isSamePlugin = access.exec == m_access.exec && access.userName == m_access.userName;
    m_access = access;
    m_token.set(access.tokenFile, access.token);
    m_renewedAt = m_clock.monotonic();
    m_backoff.reset();
    m_refusals.reset();
    m_nextReplacement = {};
    m_failure.reset();
    if (isSamePlugin)
        return;
    m_credential.reset();
    m_running.drop();
    m_run.reset();
    if (!m_waiting.isEmpty())
        startPlugin();
}

/// As in client-go: what stands in the kubeconfig goes before what a plugin says.
bool Credentials::isPluginAsked() const
{
    return m_access.exec && m_access.token.isEmpty() && m_access.basicUser.isEmpty();
}

bool Credentials::areAtHand() const
{
    if (!isPluginAsked())
        return true;
    return m_credential && (!m_credential->expires || m_clock.now() < *m_credential->expires);
}

Pending<void> Credentials::fetch()
{
    if (areAtHand())
        return Pending<void>::answered({});
    if (m_failure && m_clock.monotonic() < m_nextRun)
        return Pending<void>::answered(fail(*m_failure));
    return Pending<void>::ask([this](Answer answer) -> std::function<void()> {
        m_waiting.append(std::move(answer));
        startPlugin();
        return {};
    });
}

bool Credentials::canBeReplaced() const
{
    return isPluginAsked() || m_token.isRenewedByOthers();
}

Pending<void> Credentials::replace(std::chrono::milliseconds sentAt)
{
    if (renewedAt() > sentAt || !areAtHand())
        return fetch();
    if (isPluginAsked()) {
        if (m_clock.monotonic() < m_nextReplacement)
            return Pending<void>::answered(fail(Error::Kind::Unauthorized,
                tr("The server refuses what the exec plugin %1 hands out.").arg(m_access.exec->command)));
        m_nextReplacement = m_clock.monotonic() + m_refusals.next();
        m_credential.reset();
        return fetch();
    }
    return Pending<void>::ask([this, sentAt](Answer answer) -> std::function<void()> {
        m_refused.append({sentAt, std::move(answer)});
        m_token.readNow();
        return {};
    });
}

void Credentials::answerRefused()
{
    for (const Refused &each : std::exchange(m_refused, {})) {
        if (renewedAt() > each.sentAt)
            each.answer({});
        else
            each.answer(fail(Error::Kind::Unauthorized, tr("The token in %1 is refused.").arg(m_access.tokenFile)));
    }
}

QByteArray Credentials::authorization()
{
    const SecretString &own = m_token.token();
    const SecretString &token = own.isEmpty() && isPluginAsked() && m_credential ? m_credential->token : own;
    if (!token.isEmpty())
        return "Bearer " + token.revealUtf8();
    if (!m_access.basicUser.isEmpty())
        return "Basic " + (m_access.basicUser.toUtf8() + ':' + m_access.basicPassword.revealUtf8()).toBase64();
    return {};
}

std::chrono::milliseconds Credentials::renewedAt() const
{
    return std::max(m_renewedAt, m_token.renewedAt());
}

QString Credentials::waitingFor() const
{
    if (!m_run)
        return {};
    const QString words = m_run->words();
    return words.isEmpty()
        ? tr("The exec plugin %1 logs “%2” in.").arg(m_access.exec->command, m_access.userName)
        : tr("The exec plugin %1 logs “%2” in. It says:\n%3").arg(m_access.exec->command, m_access.userName, words);
}

void Credentials::startPlugin()
{
    if (m_run)
        return;
    m_run = std::make_unique<ExecPluginRun>(*m_access.exec, m_access.userName);
    connect(m_run.get(), &ExecPluginRun::wordsChanged, this, &Credentials::waitingForChanged);
    m_running = m_run->run();
    m_running.then(this, [this](Result<ExecCredential> credential) { takeFromPlugin(std::move(credential)); });
    Q_EMIT waitingForChanged();
}

void Credentials::takeFromPlugin(Result<ExecCredential> credential)
{
    m_run.release()->deleteLater();
    if (credential) {
        if (const auto wrong = m_use(*credential))
            credential = fail(*wrong);
    }
    if (credential) {
        m_credential = std::move(*credential);
        m_renewedAt = m_clock.monotonic();
        m_failure.reset();
        m_backoff.reset();
    } else {
        qCWarning(lcKubernetes) << "no credentials:" << credential.error().summary;
        m_failure = credential.error();
        m_nextRun = m_clock.monotonic() + m_backoff.next();
    }
    for (const Answer &answer : std::exchange(m_waiting, {})) {
        if (m_failure)
            answer(fail(*m_failure));
        else
            answer({});
    }
    Q_EMIT waitingForChanged();
}
