// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/apiconnection.h"

#include "services/base/logging.h"
#include "services/network/networkmapping.h"
#include "services/network/networkrequest.h"
#include "services/network/tlsconfiguration.h"

#include <algorithm>
#include <utility>

namespace {

/// A timer that comes later than this was not only a busy program's.
constexpr std::chrono::milliseconds longestDelay{500};
constexpr std::chrono::milliseconds readingTime{1000};

/// What a connection is made with, and keeps: a token is shown anew with each request.
bool isSameWay(const ClusterAccess &one, const ClusterAccess &other)
{
    return one.clientCertificate == other.clientCertificate && one.clientKey == other.clientKey
        && one.certificateAuthority == other.certificateAuthority && one.proxy == other.proxy
        && one.tlsServerName == other.tlsServerName && one.insecureSkipTlsVerify == other.insecureSkipTlsVerify;
}

/// Answered from memory, to everybody whom the server knows.
ApiRequest beatRequest()
{
    ApiRequest request;
    request.path = QStringLiteral("/version");
    return request;
}

ApiPeer peerOf(const ClusterAccess &access)
{
    ApiPeer peer{access.server.authority(), access.userName};
    peer.proxy = shownProxy(access.proxy);
    return peer;
}

} // namespace

ApiConnection::ApiConnection(const ClusterAccess &access, const QSslConfiguration &tls, const ConnectionPace &pace,
    std::shared_ptr<Logins> logins)
    : m_access(access)
    , m_tls(tls)
    , m_peer(peerOf(access))
    , m_credentials(
          m_clock, std::move(logins), [this](const LoginCredential &credential) { return useCertificate(credential); })
    , m_scouts([this](std::unique_ptr<QNetworkAccessManager> network) { goOnBy(std::move(network)); })
    , m_pace(pace)
{
    m_networks.setProxy(access.proxy, access.certificateAuthority);
    m_credentials.set(access);
    m_limit.setSingleShot(true);
    connect(&m_interval, &QTimer::timeout, this, &ApiConnection::tick);
    connect(&m_limit, &QTimer::timeout, this, &ApiConnection::giveUpBeat);
}

void ApiConnection::renew(const ClusterAccess &access, const QSslConfiguration &tls)
{
    const bool isAnotherWay = !isSameWay(access, m_access);
    m_networks.setProxy(access.proxy, access.certificateAuthority);
    m_access = access;
    m_tls = tls;
    m_peer = peerOf(access);
    m_credentials.set(access);
    if (isAnotherWay)
        giveUp(timeoutError(m_peer, true));
}

QNetworkRequest ApiConnection::networkRequest(const ApiRequest &request)
{
    return ::networkRequest(m_access, m_tls, m_credentials.authorization(), request);
}

QNetworkReply *ApiConnection::send(const ApiRequest &request)
{
    const QNetworkRequest prepared = networkRequest(request);
    QNetworkAccessManager &network = m_networks.shared();
    return watched(request.verb == "GET" ? network.get(prepared)
                                         : network.sendCustomRequest(prepared, request.verb, request.body));
}

QNetworkReply *ApiConnection::watched(QNetworkReply *reply)
{
    connect(reply, &QNetworkReply::errorOccurred, this, [this, reply] { noteUnreached(*reply); });
    return reply;
}

QNetworkReply *ApiConnection::sendForStream(const ApiRequest &request)
{
    QNetworkRequest prepared = networkRequest(request);
    prepared.setRawHeader("Accept-Encoding", "identity");
    const bool mayShare = prepared.attribute(QNetworkRequest::Http2AllowedAttribute).toBool();
    return watched((mayShare ? m_networks.shared() : m_networks.ofItsOwn()).get(prepared));
}

bool ApiConnection::isCurrent(const QNetworkReply &reply) const
{
    return m_networks.isCurrent(reply);
}

void ApiConnection::noteLife(const QNetworkReply &reply)
{
    const QVariant status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (!isCurrent(reply) || !status.isValid())
        return;
    if (status.toInt() != 401)
        m_credentials.noteAccepted();
    m_lastLife = now();
    m_hasLived = true;
    setAway(false);
}

std::optional<std::chrono::milliseconds> ApiConnection::lastHeard() const
{
    return m_lastLife.count() > 0 ? std::optional(m_lastLife) : std::nullopt;
}

void ApiConnection::noteUnreached(const QNetworkReply &reply)
{
    const bool isAnswered = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    if (!isAnswered && isCurrent(reply) && nobodyAnswered(reply.error()))
        setAway(true);
}

void ApiConnection::setAway(bool away)
{
    if (std::exchange(m_isAway, away) == away)
        return;
    renewInterval();
    m_scouts.recall();
    // later: whoever is told asks, and what answered may be in the midst of telling
    if (!away)
        QMetaObject::invokeMethod(this, &ApiConnection::reached, Qt::QueuedConnection);
}

void ApiConnection::renewInterval()
{
    if (m_isAway)
        m_interval.start(m_pace.awayInterval);
    else if (m_streams > 0)
        m_interval.start(m_pace.beatInterval);
    else
        m_interval.stop();
    m_tickedAt = now();
}

void ApiConnection::tick()
{
    const auto late = now() - m_tickedAt - m_interval.intervalAsDuration();
    m_tickedAt = now();
    if (late > m_pace.longestNap) {
        qCInfo(lcKubernetes) << "time has passed unnoticed:" << late.count() << "ms";
        noteDeath();
    }
    if (m_isAway && m_beat)
        scout();
    else
        beat();
}

void ApiConnection::noteTimeout(const QNetworkReply &reply, std::chrono::milliseconds sentAt)
{
    // of one that was given little time nothing follows
    if (!isCurrent(reply) || now() - sentAt < patience())
        return;
    const bool isAlive = m_lastLife > sentAt && now() - m_lastLife < m_pace.beatInterval + patience();
    if (!isAlive)
        noteDeath();
}

void ApiConnection::noteRoundTrip(std::chrono::milliseconds time)
{
    // forgotten soon: the answer that ends an outage is slow on the best of lines
    m_slowest = std::max(time, m_slowest / 2);
}

std::chrono::milliseconds ApiConnection::patience() const
{
    return m_hasLived ? std::clamp(3 * m_slowest, m_pace.shortestPatience, m_pace.longestPatience)
                      : m_pace.firstPatience;
}

void ApiConnection::noteRefusal(const QNetworkReply &reply, std::chrono::milliseconds sentAt, const Error &refusal)
{
    if (!isCurrent(reply))
        return;
    const bool areReplaced = sentAt < m_credentials.renewedAt();
    if (areReplaced)
        startAfresh();
    else
        giveUp(refusal);
}

bool ApiConnection::mayBeSentAgain(const QNetworkReply &reply)
{
    const bool isUnseen = !reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()
        && (reply.error() == QNetworkReply::ContentReSendError
            // of one that was to begin on a connection that the server takes no more on: Qt has no other name for that
            || (reply.error() == QNetworkReply::ProtocolUnknownError
                && reply.errorString().contains(QLatin1String("GOAWAY"))));
    if (isUnseen && isCurrent(reply))
        startAfresh();
    return isUnseen;
}

/// The beat is still under way, and may be held up by what has passed.
void ApiConnection::scout()
{
    if (m_credentials.areAtHand())
        m_scouts.send(m_networks.create(), networkRequest(beatRequest()), m_pace.firstPatience);
}

/// Somebody answers by `network`, and what waits on the present one may wait for long.
void ApiConnection::goOnBy(std::unique_ptr<QNetworkAccessManager> network)
{
    endBeat();
    startAfresh(std::move(network));
    m_lastLife = now();
    m_hasLived = true;
    Q_EMIT died(timeoutError(m_peer, true));
    setAway(false);
}

void ApiConnection::startAfresh()
{
    startAfresh(m_networks.create());
}

void ApiConnection::startAfresh(std::unique_ptr<QNetworkAccessManager> network)
{
    m_networks.replace(std::move(network));
    m_hasLived = false;
    Q_EMIT moved();
}

void ApiConnection::addStream()
{
    if (m_streams++ == 0)
        renewInterval();
}

void ApiConnection::removeStream()
{
    if (--m_streams > 0)
        return;
    renewInterval();
    if (!m_isAway)
        endBeat();
}

std::optional<Error> ApiConnection::useCertificate(const LoginCredential &credential)
{
    if (credential.certificate.isEmpty())
        return std::nullopt;
    ClusterAccess access = m_access;
    access.clientCertificate = credential.certificate;
    access.clientKey = credential.key;
    const Result<QSslConfiguration> tls = tlsConfiguration(access);
    if (!tls)
        return tls.error();
    m_tls = *tls;
    m_scouts.recall();
    startAfresh();
    return std::nullopt;
}

std::optional<Pending<void>> ApiConnection::otherCredentials(
    const QNetworkReply &reply, std::chrono::milliseconds sentAt)
{
    if (!m_credentials.canBeReplaced())
        return std::nullopt;
    auto others = m_credentials.replace(sentAt);
    if (isCurrent(reply))
        startAfresh();
    return others;
}

void ApiConnection::beat()
{
    if (m_beat)
        return;
    if (!m_credentials.areAtHand())
        return waitToBeat();
    if (m_beatCredentials.isAsked())
        return;
    m_beatSentAt = now();
    m_beat = send(beatRequest());
    limitBeat(patience());
    connect(m_beat, &QNetworkReply::finished, this, [this] {
        // any status is a sign of life; but for credentials, streams are told by their own replies what is wrong
        const QVariant status = m_beat->attribute(QNetworkRequest::HttpStatusCodeAttribute);
        if (status.isValid()) {
            noteLife(*m_beat);
            noteRoundTrip(now() - m_beatSentAt);
        } else {
            mayBeSentAgain(*m_beat); // by the next beat
        }
        const QNetworkReply &answer = *m_beat;
        endBeat();
        if (status.toInt() == 401)
            noteBeatRefused(answer);
    });
}

/// Without credentials it can't be sent: over HTTP/2 the server takes no more requests on a connection by which
/// somebody asks whom it does not know.
void ApiConnection::waitToBeat()
{
    if (!m_beatCredentials.isAsked()) {
        m_beatCredentials = m_credentials.fetch();
        m_beatCredentials.then(this, [this](const Result<void> &) { m_beatCredentials.drop(); });
    }
    if (now() - m_lastLife > m_pace.beatInterval + patience())
        Q_EMIT unheard({Error::Kind::Timeout,
            tr("Whether the API server %1 still answers can't be told until “%2” is logged in.")
                .arg(m_peer.server, m_peer.user),
            {}, {}, {}});
}

void ApiConnection::limitBeat(std::chrono::milliseconds time)
{
    m_limitAt = now() + time;
    m_limit.start(time);
}

void ApiConnection::giveUpBeat()
{
    // of a program that was stopped for a while the answer may have come, and wait to be read
    if (now() - m_limitAt > longestDelay)
        return limitBeat(readingTime);
    const bool isSilent = m_lastLife < m_beatSentAt && m_beat && isCurrent(*m_beat);
    endBeat();
    if (isSilent)
        noteDeath();
}

void ApiConnection::noteBeatRefused(const QNetworkReply &reply)
{
    auto others = otherCredentials(reply, m_beatSentAt);
    if (!others)
        return noteRefusal(reply, m_beatSentAt, statusError(401, {}, {}, m_peer));
    m_beatCredentials = std::move(*others);
    m_beatCredentials.then(this, [this](const Result<void> &outcome) {
        m_beatCredentials.drop();
        if (!outcome)
            giveUp(outcome.error());
    });
}

void ApiConnection::endBeat()
{
    m_limit.stop();
    if (QNetworkReply *reply = std::exchange(m_beat, nullptr)) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void ApiConnection::noteDeath()
{
    qCWarning(lcKubernetes) << "the connection to" << m_peer.server << "is dead";
    endBeat();
    startAfresh();
    setAway(true);
    Q_EMIT died(timeoutError(m_peer, true));
}

void ApiConnection::giveUp(const Error &error)
{
    endBeat();
    m_scouts.recall();
    startAfresh();
    Q_EMIT lost(error);
}
