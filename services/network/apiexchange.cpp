// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/network/apiexchange.h"

#include "services/network/apiconnection.h"
#include "services/network/networkmapping.h"

#include <QCoreApplication>

#include <utility>

namespace {

constexpr qsizetype largestBody = 64 * 1024 * 1024;
constexpr qint64 pieceSize = 64 * 1024;
constexpr int mostTries = 5;

} // namespace

ApiExchange::ApiExchange(ApiConnection &connection, const ApiRequest &request, Pending<ApiResponse>::Answer answer)
    : QObject(&connection)
    , m_connection(connection)
    , m_request(request)
    , m_answer(std::move(answer))
    , m_triesLeft(mostTries)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        ApiConnection &shared = m_connection;
        if (!m_reply)
            return end(fail(lateLoginError(shared.peer())));
        const auto sentAt = m_sentAt;
        const QPointer<QNetworkReply> reply = m_reply;
        end(fail(timeoutError(shared.peer(), isRead())));
        if (reply)
            shared.noteTimeout(*reply, sentAt);
    });
    connect(&connection, &ApiConnection::died, this, &ApiExchange::moveOver);
    // whether a change was carried out nobody can tell any more
    connect(&connection, &ApiConnection::lost, this, [this](const Error &error) {
        end(fail(isRead() || !m_reply ? error : timeoutError(m_connection.peer(), false)));
    });
    begin();
}

/// A person may have to log in first: a question's time begins when it can be sent. A change's does at once, for
/// whoever asks counts on its being over by then (LeaseFence), and what allowed it is of now.
void ApiExchange::begin()
{
    m_endsAt = m_connection.now() + m_request.timeout;
    if (!isRead())
        m_limit.start(m_request.timeout);
    Credentials &credentials = m_connection.credentials();
    if (credentials.areAtHand())
        send();
    else
        wait(credentials.fetch());
}

void ApiExchange::wait(Pending<void> credentials)
{
    m_credentials = std::move(credentials);
    m_credentials.then(this, [this](const Result<void> &outcome) {
        if (outcome)
            send();
        else
            end(fail(outcome.error()));
    });
}

void ApiExchange::send()
{
    --m_triesLeft;
    if (!isRead() && !keepToTime())
        return end(fail(lateLoginError(m_connection.peer())));
    if (!m_limit.isActive())
        m_limit.start(m_request.timeout);
    m_sentAt = m_connection.now();
    m_reply = m_connection.send(m_request);
    connect(m_reply, &QNetworkReply::readyRead, this, &ApiExchange::read);
    connect(m_reply, &QNetworkReply::finished, this, &ApiExchange::finish);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
}

/// Gives a change the time that is left, by a clock that goes on while the machine sleeps; the API server is told the
/// same. False: there is none.
bool ApiExchange::keepToTime()
{
    const auto left = m_endsAt - m_connection.now();
    if (left <= std::chrono::milliseconds(0))
        return false;
    m_limit.start(left);
    const QString parameter = QStringLiteral("timeout");
    if (m_request.query.hasQueryItem(parameter)) {
        m_request.query.removeQueryItem(parameter);
        m_request.query.addQueryItem(parameter, QString::number(left.count()) + QLatin1String("ms"));
    }
    return true;
}

ApiExchange::~ApiExchange()
{
    end(fail(Error::Kind::Cancelled, tr("The connection was closed before the API server answered.")));
}

void ApiExchange::withdraw()
{
    end(fail(Error::Kind::Cancelled, tr("The request was withdrawn.")));
}

void ApiExchange::read()
{
    m_connection.noteLife(*m_reply);
    // in pieces: a compressed answer is inflated as far as it is read, and a small one may inflate without end
    QByteArray piece;
    do {
        piece = m_reply->read(pieceSize);
        m_body += piece;
    } while (!piece.isEmpty() && m_body.size() <= largestBody);
    if (m_body.size() > largestBody) {
        end(fail(Error::Kind::Protocol,
            tr("The answer of the API server %1 is larger than 64 MiB, which Pennant does not read.")
                .arg(m_connection.peer().server)));
    }
}

void ApiExchange::finish()
{
    read();
    if (m_isOver)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const bool isGood = status >= 200 && status < 300;
    if (isGood && m_reply->error() == QNetworkReply::NoError)
        end(ApiResponse{status, std::move(m_body)});
    else if (m_triesLeft > 0 && m_connection.mayBeSentAgain(*m_reply))
        sendAgain();
    else if (status == 401 && waitForOthers())
        return;
    else if (status == 0 || isGood)
        end(fail(networkError(m_reply->error(), m_reply->errorString(), m_sslErrors, m_connection.peer())));
    else
        endRefused(statusError(status, m_body, m_reply->rawHeader("Retry-After"), m_connection.peer()));
}

/// What was refused as unauthorized was not carried out, so it can be sent again.
bool ApiExchange::waitForOthers()
{
    if (std::exchange(m_isRefused, true))
        return false;
    auto others = m_connection.otherCredentials(*m_reply, m_sentAt);
    if (!others)
        return false;
    if (isRead())
        m_limit.stop();
    m_body.clear();
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
    wait(std::move(*others));
    return true;
}

void ApiExchange::sendAgain()
{
    m_reply->disconnect(this);
    m_reply->deleteLater();
    send();
}

/// What changes something is left alone: sent twice it may be carried out twice, and if it is only slow, its answer
/// still comes. Both keep to the time that they were given.
void ApiExchange::moveOver(const Error &error)
{
    if (m_isOver || !isRead() || !m_reply)
        return;
    m_body.clear();
    if (m_triesLeft > 0)
        sendAgain();
    else
        end(fail(error));
}

void ApiExchange::endRefused(const Error &error)
{
    ApiConnection &shared = m_connection;
    const QNetworkReply &reply = *m_reply; // until the event loop deletes it
    const auto sentAt = m_sentAt;
    end(fail(error));
    if (error.kind == Error::Kind::Unauthorized)
        shared.noteRefusal(reply, sentAt, error);
}

void ApiExchange::end(Result<ApiResponse> result)
{
    if (std::exchange(m_isOver, true))
        return;
    m_limit.stop();
    m_credentials.drop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
    m_answer(std::move(result));
    deleteLater();
}
