// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/credentials.h"

#include "services/base/clock.h"
#include "services/base/logging.h"
#include "services/network/oidcrefresh.h"

#include <algorithm>
#include <utility>

namespace {

constexpr std::chrono::milliseconds firstPause = std::chrono::seconds(10);
constexpr std::chrono::milliseconds longestPause = std::chrono::minutes(10);

/// What the kubeconfig holds.
std::optional<LoginCredential> credentialOf(const OidcLogin &login)
{
    if (login.idToken.isEmpty())
        return std::nullopt;
    return LoginCredential{login.idToken, {}, {}, {}, expiryOf(login.idToken)};
}

} // namespace

Credentials::Credentials(Clock &clock, std::shared_ptr<Logins> logins, Use use)
    : m_clock(clock)
    , m_logins(std::move(logins))
    , m_use(std::move(use))
    , m_token(clock)
    , m_backoff(firstPause, longestPause)
    , m_refusals(firstPause, longestPause)
{
    connect(&m_token, &TokenFile::read, this, &Credentials::answerRefused);
}

Credentials::~Credentials() = default;

void Credentials::set(const ClusterAccess &read)
{
    ClusterAccess access = read;
    useKeeping(access.oidc ? m_logins->keeping(access.oidc->file, access.userName) : nullptr);
    if (access.oidc) {
        m_keeping->noteRead(*access.oidc);
        access.oidc = m_keeping->latest(*access.oidc);
    }
    const bool isSame =
        access.exec == m_access.exec && access.oidc == m_access.oidc && access.userName == m_access.userName;
    m_access = access;
    m_token.set(access.tokenFile, access.token);
    m_renewedAt = m_clock.monotonic();
    m_backoff.reset();
    m_refusals.reset();
    m_nextReplacement = {};
    m_failure.reset();
    if (isSame) {
        // the kubeconfig knows nothing of a certificate that was handed out
        if (m_credential && m_use(*m_credential))
            m_credential.reset();
        return;
    }
    setClockWarning({});
    m_credential = access.oidc ? credentialOf(*access.oidc) : std::nullopt;
    m_running.drop();
    if (m_run)
        m_run->disconnect(this);
    m_run.reset();
    if (!m_waiting.isEmpty() && !areAtHand())
        startLogin();
    else
        answerWaiting();
}

void Credentials::useKeeping(std::shared_ptr<TokenKeeping> keeping)
{
    if (keeping == m_keeping)
        return;
    if (m_keeping)
        m_keeping->disconnect(this);
    m_keeping = std::move(keeping);
    if (m_keeping)
        connect(m_keeping.get(), &TokenKeeping::problemChanged, this, &Credentials::warningChanged);
    Q_EMIT warningChanged();
}

void Credentials::tryAgain()
{
    m_nextRun = m_nextReplacement = {};
}

/// As in client-go: what stands in the kubeconfig goes before what a plugin says.
bool Credentials::isLoginAsked() const
{
    return (m_access.exec || m_access.oidc) && m_access.token.isEmpty() && m_access.basicUser.isEmpty();
}

bool Credentials::areAtHand() const
{
    if (!isLoginAsked())
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
        startLogin();
        return {};
    });
}

bool Credentials::canBeReplaced() const
{
    return isLoginAsked() || m_token.isRenewedByOthers();
}

Pending<void> Credentials::replace(std::chrono::milliseconds sentAt)
{
    if (renewedAt() > sentAt || !areAtHand())
        return fetch();
    if (isLoginAsked()) {
        if (m_clock.monotonic() < m_nextReplacement)
            return Pending<void>::answered(fail(Error::Kind::Unauthorized,
                tr("The server refuses what is handed out for “%1”.").arg(m_access.userName)));
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
    const SecretString &token = own.isEmpty() && isLoginAsked() && m_credential ? m_credential->token : own;
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
    return m_run ? m_run->words() : QString();
}

/// Another may have been handed out tokens for those that are known here: the kubeconfig says so soon, and spent a
/// second time they may end the login altogether.
bool Credentials::takeOver()
{
    if (m_access.exec || m_keeping->latest(*m_access.oidc) == *m_access.oidc)
        return false;
    m_access.oidc = m_keeping->latest(*m_access.oidc);
    m_credential = credentialOf(*m_access.oidc);
    if (!areAtHand())
        return false;
    m_renewedAt = m_clock.monotonic();
    m_failure.reset();
    return true;
}

void Credentials::startLogin()
{
    if (m_run)
        return;
    if (takeOver())
        return answerWaiting();
    m_run = m_access.exec ? m_logins->ask(*m_access.exec, m_access.userName)
                          : m_logins->ask(*m_access.oidc, m_access.userName);
    connect(m_run.get(), &SharedLogin::wordsChanged, this, &Credentials::waitingForChanged);
    m_running = m_run->outcome();
    m_running.then(this, [this](Result<LoginCredential> credential) { take(std::move(credential)); });
    Q_EMIT waitingForChanged();
}

void Credentials::take(Result<LoginCredential> credential)
{
    m_run->disconnect(this);
    m_run.reset();
    if (credential) {
        if (const auto wrong = m_use(*credential))
            credential = fail(*wrong);
    }
    if (credential) {
        adopt(std::move(*credential));
        if (!m_access.exec)
            keepTokens();
        m_renewedAt = m_clock.monotonic();
        m_failure.reset();
        m_backoff.reset();
    } else {
        qCWarning(lcKubernetes) << "no credentials:" << credential.error().summary;
        m_failure = credential.error();
        m_nextRun = m_clock.monotonic() + m_backoff.next();
    }
    answerWaiting();
}

/// What has expired when it comes is not asked for again at once: the next would be no better, and each may cost a
/// refresh token. Whether it is good for anything the server says, by its own clock.
void Credentials::adopt(LoginCredential credential)
{
    const bool isLate = credential.expires && *credential.expires <= m_clock.now();
    if (isLate)
        credential.expires.reset();
    m_credential = std::move(credential);
    setClockWarning(isLate
            ? tr("By this computer's clock, what “%1” is handed out has expired before it comes. Pennant "
                 "uses it until the server refuses it. Check this computer's date and time.")
                  .arg(m_access.userName)
            : QString());
}

void Credentials::setClockWarning(const QString &warning)
{
    if (std::exchange(m_clockWarning, warning) != warning)
        Q_EMIT warningChanged();
}

QString Credentials::warning() const
{
    QStringList warnings{m_keeping ? m_keeping->problem() : QString(), m_clockWarning};
    warnings.removeAll(QString());
    return warnings.join(u' ');
}

void Credentials::answerWaiting()
{
    for (const Answer &answer : std::exchange(m_waiting, {})) {
        if (m_failure)
            answer(fail(*m_failure));
        else
            answer({});
    }
    Q_EMIT waitingForChanged();
}

/// Where the provider hands out a refresh token once, the one in the kubeconfig is good for nothing from now on.
void Credentials::keepTokens()
{
    OidcLogin now = *m_access.oidc;
    now.idToken = m_credential->token;
    now.refreshToken = m_credential->refreshToken;
    m_keeping->keep(std::exchange(*m_access.oidc, now), now);
}
