// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/networkstream.h"

#include "services/network/apiconnection.h"
#include "services/network/networkmapping.h"

#include <utility>

namespace {

constexpr qsizetype largestRefusal = 256 * 1024;
constexpr int mostTries = 5;

} // namespace

NetworkStream::NetworkStream(ApiConnection &connection, const ApiRequest &request)
    : m_connection(&connection)
    , m_request(request)
    , m_triesLeft(mostTries)
{
    connection.addStream();
    connect(&connection, &ApiConnection::lost, this, &NetworkStream::endSoon);
    connect(&connection, &ApiConnection::died, this, &NetworkStream::endSoon);
    connect(&connection, &ApiConnection::unheard, this, [this](const Error &error) {
        if (m_isOpen)
            endSoon(error);
    });
    // later: the one that finds its connection closed asks again by itself
    connect(&connection, &ApiConnection::moved, this, &NetworkStream::moveOver, Qt::QueuedConnection);
    begin();
}

void NetworkStream::begin()
{
    Credentials &credentials = m_connection->credentials();
    if (credentials.areAtHand())
        send();
    else
        wait(credentials.fetch());
}

void NetworkStream::wait(Pending<void> credentials)
{
    m_credentials = std::move(credentials);
    m_credentials.then(this, [this](const Result<void> &outcome) {
        if (outcome && m_connection)
            send();
        else if (!outcome)
            end(outcome.error());
    });
}

/// What was refused as unauthorized is asked once more with other credentials.
bool NetworkStream::waitForOthers()
{
    if (std::exchange(m_isRefused, true))
        return false;
    auto others = m_connection->otherCredentials(*m_reply, m_sentAt);
    if (!others)
        return false;
    m_refusal.clear();
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
    wait(std::move(*others));
    return true;
}

void NetworkStream::send()
{
    --m_triesLeft;
    m_sentAt = m_connection->now();
    m_reply = m_connection->sendForStream(m_request);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &NetworkStream::open);
    connect(m_reply, &QNetworkReply::readyRead, this, &NetworkStream::read);
    connect(m_reply, &QNetworkReply::finished, this, &NetworkStream::finish);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
}

void NetworkStream::sendAgain()
{
    m_reply->disconnect(this);
    m_reply->deleteLater();
    send();
}

NetworkStream::~NetworkStream()
{
    leave();
}

int NetworkStream::status() const
{
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

void NetworkStream::open()
{
    if (m_isOpen || status() < 200 || status() >= 300)
        return;
    m_isOpen = true;
    Q_EMIT opened();
}

void NetworkStream::read()
{
    if (m_reply)
        m_connection->noteLife(*m_reply);
    const QPointer<NetworkStream> self = this;
    open();
    if (!self || !m_isRunning)
        return;
    const QByteArray data = m_reply->readAll();
    if (!m_isOpen)
        m_refusal += data.left(largestRefusal - m_refusal.size());
    else if (!data.isEmpty())
        Q_EMIT dataArrived(data);
}

void NetworkStream::finish()
{
    const QPointer<NetworkStream> self = this;
    read();
    if (!self || !m_isRunning)
        return;
    const QNetworkReply::NetworkError code = m_reply->error();
    if (m_isOpen && code == QNetworkReply::NoError)
        end(std::nullopt);
    else if (m_triesLeft > 0 && m_connection->mayBeSentAgain(*m_reply))
        sendAgain();
    else if (status() == 401 && waitForOthers())
        return;
    else if (m_isOpen || status() == 0)
        end(networkError(code, m_reply->errorString(), m_sslErrors, m_connection->peer()));
    else
        endRefused(statusError(status(), m_refusal, m_reply->rawHeader("Retry-After"), m_connection->peer()));
}

void NetworkStream::endRefused(const Error &error)
{
    const QPointer<ApiConnection> shared = m_connection;
    const QPointer<QNetworkReply> reply = m_reply;
    const auto sentAt = m_sentAt;
    end(error);
    if (shared && reply && error.kind == Error::Kind::Unauthorized)
        shared->noteRefusal(*reply, sentAt, error);
}

void NetworkStream::moveOver()
{
    if (!m_isRunning || !m_connection || !m_reply || m_connection->isCurrent(*m_reply))
        return;
    if (!m_isOpen && m_triesLeft > 0)
        sendAgain();
    else
        end(std::nullopt);
}

void NetworkStream::end(const std::optional<Error> &error)
{
    if (leave())
        Q_EMIT ended(error);
}

/// Whoever is told asks again at once, and that must not go out by the connection that is only now being given up.
void NetworkStream::endSoon(const Error &error)
{
    if (leave())
        QMetaObject::invokeMethod(
            this, [this, error] { Q_EMIT ended(error); }, Qt::QueuedConnection);
}

bool NetworkStream::leave()
{
    if (!std::exchange(m_isRunning, false))
        return false;
    m_credentials.drop();
    if (m_connection) {
        m_connection->disconnect(this);
        m_connection->removeStream();
    }
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
    return true;
}
