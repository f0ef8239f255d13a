// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/backoff.h"
#include "services/base/pending.h"
#include "services/kubernetes/clusteraccess.h"
#include "services/network/logins.h"
#include "services/network/tokenfile.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>

class Clock;

/// What a user of a kubeconfig proves to be by: a token, as it stands there or in a file that others renew, a password,
/// or what an exec plugin or an OpenID provider hands out. These are asked when the first request needs it, once for
/// all that wait, and again when what they handed out has expired or was refused. What has expired when it comes is
/// used until it is refused: the clock that is wrong may be this computer's. Where a login fails it is left alone for
/// ten seconds, then for twice as long each time, up to ten minutes: a plugin may open a browser each time. What a
/// server refuses is not replaced more often either, until it has taken one of them. GUI thread.
class Credentials final : public QObject {
    Q_OBJECT

public:
    /// Told of each certificate that a plugin hands out, with the rest of it, and again by set(); says why it can't be
    /// used, if so.
    using Use = std::function<std::optional<Error>(const LoginCredential &credential)>;

    /// `clock` must outlive it. What others who have the same `logins` ask for is not asked for once more.
    Credentials(Clock &clock, std::shared_ptr<Logins> logins, Use use);
    ~Credentials() override;

    /// From now on those of `access`.
    void set(const ClusterAccess &access);

    /// False where a request has to wait for fetch() first.
    bool areAtHand() const;
    Pending<void> fetch();

    /// The server takes those that requests go out with.
    void noteAccepted() { m_refusals.reset(); }
    /// Whether there may be others in place of those that a server has refused.
    bool canBeReplaced() const;
    /// Gets others than those that went out at `sentAt`; fails with Unauthorized where there are none.
    Pending<void> replace(std::chrono::milliseconds sentAt);

    /// A person asks for it: a login that failed lately is tried anew by the next request.
    void tryAgain();

    /// For the header Authorization; empty where a certificate alone, or nothing, says who asks.
    QByteArray authorization();
    /// When they became others, in the clock's monotonic time.
    std::chrono::milliseconds renewedAt() const;

    /// What requests wait for, for people; empty while none does.
    QString waitingFor() const;
    /// What is wrong with the credentials though requests go out with them, for people; empty while nothing is.
    QString warning() const;

Q_SIGNALS:
    void waitingForChanged();
    void warningChanged();

private:
    using Answer = Pending<void>::Answer;
    struct Refused {
        std::chrono::milliseconds sentAt;
        Answer answer;
    };

    bool isLoginAsked() const;
    void useKeeping(std::shared_ptr<TokenKeeping> keeping);
    bool takeOver();
    void startLogin();
    void take(Result<LoginCredential> credential);
    void adopt(LoginCredential credential);
    void setClockWarning(const QString &warning);
    void keepTokens();
    void answerWaiting();
    void answerRefused();

    Clock &m_clock;
    std::shared_ptr<Logins> m_logins;
    Use m_use;
    ClusterAccess m_access;
    TokenFile m_token;
    std::optional<LoginCredential> m_credential;
    QString m_clockWarning;
    std::chrono::milliseconds m_renewedAt{0};
    std::shared_ptr<SharedLogin> m_run;
    Pending<LoginCredential> m_running;
    std::shared_ptr<TokenKeeping> m_keeping; ///< where a provider hands out tokens
    QList<Answer> m_waiting; ///< for the login
    QList<Refused> m_refused; ///< for the token file
    Backoff m_backoff;
    Backoff m_refusals; ///< since the server took any
    std::chrono::milliseconds m_nextReplacement{0};
    std::optional<Error> m_failure; ///< of the last login
    std::chrono::milliseconds m_nextRun{0};
};
