// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/kubernetes/podhttp.h"

#include "services/kubernetes/kubernetestransport.h"

#include <QCoreApplication>
#include <QTimer>

namespace {

constexpr std::chrono::milliseconds answerLimit = std::chrono::seconds(15);
constexpr qsizetype largestAnswer = 64 * 1024 * 1024;
constexpr qsizetype largestHead = 64 * 1024;

tl::unexpected<Error> broken(const QByteArray &said)
{
    return fail(Error::Kind::Server,
        QCoreApplication::translate("PodHttp", "The pod's HTTP server gave no proper answer. Look at the pod's log."),
        QString::fromUtf8(said.left(200)));
}

/// The value of a header field; empty where there is none.
QByteArray field(const QByteArray &head, const QByteArray &name)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

/// Without what may stand behind the size.
QByteArray sizeLine(QByteArrayView line)
{
    return line.toByteArray().split(';').constFirst().trimmed();
}

/// Nothing while the last chunk has not come.
std::optional<Result<QByteArray>> unchunked(QByteArrayView data)
{
    QByteArray body;
    for (qsizetype at = 0;;) {
        const qsizetype end = data.indexOf(QByteArrayView("\r\n"), at);
        if (end < 0)
            return std::nullopt;
        bool isSize = false;
        const qsizetype size = sizeLine(data.sliced(at, end - at)).toLongLong(&isSize, 16);
        if (!isSize || size < 0 || size > largestAnswer)
            return broken(data.sliced(at).toByteArray());
        if (size == 0)
            return body;
        if (data.size() < end + 2 + size + 2)
            return std::nullopt;
        body += data.sliced(end + 2, size);
        at = end + 2 + size + 2;
    }
}

/// One question on its way. Kept by whoever answers and whoever may withdraw.
struct Exchange {
    std::unique_ptr<PodTunnel> tunnel;
    HttpAnswer answer;
    qsizetype received = 0;
};

} // namespace

std::optional<Result<QByteArray>> HttpAnswer::body(bool isEnded) const
{
    const qsizetype headEnd = m_data.indexOf("\r\n\r\n");
    if (headEnd > largestHead || (headEnd < 0 && m_data.size() > largestHead))
        return broken(m_data);
    if (headEnd < 0)
        return isEnded ? std::optional<Result<QByteArray>>(broken(m_data)) : std::nullopt;
    const QByteArray head = m_data.left(headEnd);
    if (head.split(' ').value(1) != "200")
        return broken(head);
    const QByteArrayView rest = QByteArrayView(m_data).sliced(headEnd + 4);
    if (field(head, "transfer-encoding").toLower() == "chunked") {
        if (!isEnded && !m_data.endsWith("0\r\n\r\n"))
            return std::nullopt; // looked through once, not with each piece
        auto whole = unchunked(rest);
        return !whole && isEnded ? std::optional<Result<QByteArray>>(broken(head)) : whole;
    }
    bool hasLength = false;
    const qsizetype length = field(head, "content-length").toLongLong(&hasLength);
    if (hasLength && length < 0)
        return broken(head);
    if (hasLength && rest.size() >= length)
        return rest.first(length).toByteArray();
    if (!isEnded)
        return std::nullopt;
    return hasLength ? Result<QByteArray>(broken(head)) : rest.toByteArray();
}

Pending<QByteArray> getFromPod(
    KubernetesTransport &transport, const QString &nameSpace, const QString &pod, quint16 port, const QString &path)
{
    return Pending<QByteArray>::ask([&](Pending<QByteArray>::Answer give) -> std::function<void()> {
        auto exchange = std::make_shared<Exchange>();
        exchange->tunnel = transport.tunnel(nameSpace, pod, port);
        PodTunnel *tunnel = exchange->tunnel.get();
        // not from within a signal of its own
        const auto end = [exchange] {
            if (exchange->tunnel)
                exchange->tunnel.release()->deleteLater();
        };
        const QByteArray request =
            "GET " + path.toUtf8() + " HTTP/1.1\r\nHost: " + pod.toUtf8() + "\r\nConnection: close\r\n\r\n";
        QObject::connect(tunnel, &PodTunnel::opened, tunnel, [tunnel, request] { tunnel->write(request); });
        QObject::connect(tunnel, &PodTunnel::dataArrived, tunnel, [exchange, give, end](const QByteArray &data) {
            exchange->answer.add(data);
            exchange->received += data.size();
            if (exchange->received > largestAnswer)
                give(broken("too large"));
            else if (const auto body = exchange->answer.body(false))
                give(*body);
            else
                return;
            end();
        });
        QObject::connect(tunnel, &PodTunnel::closed, tunnel, [exchange, give, end](const std::optional<Error> &error) {
            const auto body = exchange->answer.body(true);
            give(error && !(body && *body) ? Result<QByteArray>(fail(*error)) : body.value_or(broken({})));
            end();
        });
        QTimer::singleShot(answerLimit, tunnel, [give, end] {
            give(fail(Error::Kind::Timeout, QCoreApplication::translate("PodHttp", "The pod did not answer in time.")));
            end();
        });
        return end;
    });
}
