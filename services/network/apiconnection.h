// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/clock.h"
#include "services/kubernetes/apirequest.h"
#include "services/kubernetes/kubeconfig.h"
#include "services/kubernetes/statusmapping.h"
#include "services/network/connectionpace.h"
#include "services/network/credentials.h"
#include "services/network/networks.h"
#include "services/network/scouts.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QObject>
#include <QSslConfiguration>
#include <QTimer>

#include <memory>
#include <vector>

/// The way to one API server that all requests of a NetworkTransport share, and whether it lives: over HTTP/2 a
/// connection that went dead without a word would be used for ever. While streams run, a small request every second and
/// a half tells: one that is not answered condemns the connection, after a time that follows how slow it has been of
/// late. So does time that has passed unnoticed: whatever lay between, a machine that slept has most often lost its
/// connections. While nobody answers, the same request finds out when somebody does, and at every try another beside it
/// by a connection of its own. GUI thread.
class ApiConnection final : public QObject {
    Q_OBJECT

public:
    ApiConnection(const ClusterAccess &access, const QSslConfiguration &tls, const ConnectionPace &pace,
        std::shared_ptr<Logins> logins);

    /// Other credentials of the same user at the same server, or another way there.
    void renew(const ClusterAccess &access, const QSslConfiguration &tls);

    const ApiPeer &peer() const { return m_peer; }
    const QSslConfiguration &tls() const { return m_tls; }
    QString tlsServerName() const { return m_access.tlsServerName; }
    const QNetworkProxy &proxy() const { return m_networks.proxy(); }
    /// What requests go out with; where that is not at hand, whoever sends waits for it first.
    Credentials &credentials() { return m_credentials; }
    /// Sends; the reply is the caller's.
    QNetworkReply *send(const ApiRequest &request);
    /// Sends what is answered by a stream: uncompressed, so that what arrives is no more than what was sent.
    QNetworkReply *sendForStream(const ApiRequest &request);
    /// The same address, credentials and TLS, for a protocol of its own.
    QNetworkRequest networkRequest(const ApiRequest &request);

    std::chrono::milliseconds now() const { return m_clock.monotonic(); }
    /// When something came by this connection last, by now(); nothing: never.
    std::optional<std::chrono::milliseconds> lastHeard() const;
    /// Something of `reply` arrived.
    void noteLife(const QNetworkReply &reply);
    /// `reply`, to a request sent at `sentAt`, did not come in time.
    void noteTimeout(const QNetworkReply &reply, std::chrono::milliseconds sentAt);
    /// Whether a request of `sentAt` that the server refused as unauthorized may be welcome with other credentials. If
    /// so they are asked for, and it waits for them; what is sent meanwhile goes out on a new connection.
    std::optional<Pending<void>> otherCredentials(const QNetworkReply &reply, std::chrono::milliseconds sentAt);
    /// `reply`, sent at `sentAt`, tells that the server refused the credentials, which everything under way shares.
    /// Over HTTP/2 it takes no more requests on that connection (Kubernetes' UnauthenticatedHTTP2DOSMitigation).
    void noteRefusal(const QNetworkReply &reply, std::chrono::milliseconds sentAt, const Error &refusal);
    /// True where the server had said, before it looked at this request, that it takes no more on its connection
    /// (GOAWAY, https://www.rfc-editor.org/rfc/rfc9113#section-6.8): then it can be sent once more, and goes out on a
    /// new one.
    bool mayBeSentAgain(const QNetworkReply &reply);
    /// Whether `reply` went out by the connection that new requests take.
    bool isCurrent(const QNetworkReply &reply) const;
    void addStream();
    void removeStream();

Q_SIGNALS:
    /// The connection is no longer fit; the next request makes a new one. Everything under way is to end with `error`.
    void lost(const Error &error);
    /// Nothing has come by the connection for so long that it passes for dead; the next request makes a new one.
    /// Streams are to end with `error`, what only asks can be asked anew, and what changes something may still be
    /// answered.
    void died(const Error &error);
    /// Nothing has come for so long that it might pass for dead, and nobody can be asked while somebody has to log in.
    /// Streams that are open are to end with `error`.
    void unheard(const Error &error);
    /// Somebody answers again after nobody did: what waits for its next try need not.
    void reached();
    /// New requests take another connection from now on; nothing watches over the old one, so streams must not stay
    /// there.
    void moved();

private:
    QNetworkReply *watched(QNetworkReply *reply);
    /// Nobody answers, so far as `reply` tells.
    void noteUnreached(const QNetworkReply &reply);
    void setAway(bool away);
    void renewInterval();
    void tick();
    void limitBeat(std::chrono::milliseconds time);
    void giveUpBeat();
    void scout();
    void goOnBy(std::unique_ptr<QNetworkAccessManager> network);
    void startAfresh();
    void startAfresh(std::unique_ptr<QNetworkAccessManager> network);
    std::optional<Error> useCertificate(const LoginCredential &credential);
    void beat();
    void waitToBeat();
    void noteBeatRefused(const QNetworkReply &reply);
    void endBeat();
    void noteRoundTrip(std::chrono::milliseconds time);
    std::chrono::milliseconds patience() const;
    void noteDeath();
    void giveUp(const Error &error);

    ClusterAccess m_access;
    QSslConfiguration m_tls;
    ApiPeer m_peer;
    SystemClock m_clock;
    Credentials m_credentials;
    Networks m_networks;
    Scouts m_scouts;
    ConnectionPace m_pace;
    std::chrono::milliseconds m_lastLife{0};
    bool m_hasLived = false; ///< something has come by the present connection
    std::chrono::milliseconds m_slowest{0}; ///< round trip of late
    int m_streams = 0;
    bool m_isAway = false; ///< nobody has answered since something failed
    std::chrono::milliseconds m_tickedAt{0};
    QTimer m_interval;
    QTimer m_limit;
    QNetworkReply *m_beat = nullptr;
    Pending<void> m_beatCredentials;
    std::chrono::milliseconds m_beatSentAt{0};
    std::chrono::milliseconds m_limitAt{0}; ///< when the beat is to be given up
};
