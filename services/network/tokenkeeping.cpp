// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/tokenkeeping.h"

#include "services/base/background.h"
#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/kubernetes/kubeconfigwriting.h"

#include <algorithm>
#include <utility>

namespace {

constexpr std::chrono::milliseconds firstPause = std::chrono::seconds(1);
constexpr std::chrono::milliseconds longestPause = std::chrono::minutes(1);
constexpr qsizetype mostReplaced = 8;

QList<ProviderValue> changes(const OidcLogin &before, const OidcLogin &now)
{
    QList<ProviderValue> values;
    if (!(before.idToken == now.idToken))
        values.append({QStringLiteral("id-token"), before.idToken, now.idToken});
    if (!(before.refreshToken == now.refreshToken))
        values.append({QStringLiteral("refresh-token"), before.refreshToken, now.refreshToken});
    return values;
}

} // namespace

TokenKeeping::TokenKeeping(Clock &clock, const QString &user)
    : m_clock(clock)
    , m_user(user)
    , m_backoff(firstPause, longestPause)
{
}

void TokenKeeping::keep(const OidcLogin &before, const OidcLogin &now)
{
    if (now == m_now)
        return; // by another who was handed out the same
    m_replaced = (m_replaced + QList{before}).last(std::min(m_replaced.size() + 1, mostReplaced));
    m_now = now;
    if (!m_inFile)
        m_inFile = before;
    if (!m_writing.isAsked())
        write();
}

OidcLogin TokenKeeping::latest(const OidcLogin &login) const
{
    return m_inFile == login || m_replaced.contains(login) ? m_now : login;
}

void TokenKeeping::noteRead(const OidcLogin &read)
{
    if (!(latest(read) == m_now))
        giveUp();
}

void TokenKeeping::giveUp()
{
    m_writing.drop();
    m_pause.drop();
    m_inFile.reset();
    m_backoff.reset();
    setProblem({});
}

void TokenKeeping::write()
{
    m_pause.drop();
    const QList<ProviderValue> values = changes(*m_inFile, m_now);
    if (values.isEmpty())
        return giveUp();
    m_writing = runInBackground<void>(QThreadPool::globalInstance(),
        [file = m_now.file, user = m_user, values] { return replaceProviderValues(file, user, values); });
    m_writing.then(this, [this, written = m_now](const Result<void> &result) { take(written, result); });
}

void TokenKeeping::take(const OidcLogin &written, const Result<void> &result)
{
    m_writing.drop();
    if (result) {
        m_inFile = written;
        return write(); // of what has come meanwhile
    }
    if (result.error().kind == Error::Kind::Conflict) {
        qCWarning(lcKubernetes) << result.error().text();
        return giveUp();
    }
    if (m_problem.isEmpty())
        qCWarning(lcKubernetes) << result.error().text();
    setProblem(tr("%1 Pennant goes on with them and keeps trying. Until they are written, the kubeconfig holds tokens "
                  "that the provider may not take any more: after Pennant is closed, you may have to log in again.")
                   .arg(result.error().summary));
    m_pause = m_clock.sleep(m_backoff.next());
    m_pause.then(this, [this](const Result<void> &) { write(); });
}

void TokenKeeping::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}
