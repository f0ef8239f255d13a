// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakekubernetes.h"

#include "services/network/loopbackforward.h"
#include "services/network/networkmapping.h"

namespace {

ApiPeer tester()
{
    return {QStringLiteral("fake:6443"), QStringLiteral("tester")};
}

} // namespace

void FakeKubernetes::Expectation::reply(int status, const QByteArray &body)
{
    if (status < 300)
        m_answer = ApiResponse{status, body};
    else
        m_answer = fail(statusError(status, body, {}, tester()));
}

void FakeKubernetes::Expectation::status(
    int code, const QString &reason, const QString &message, const QJsonObject &details)
{
    reply(code,
        QJsonObject{{QStringLiteral("kind"), QStringLiteral("Status")}, {QStringLiteral("code"), code},
            {QStringLiteral("reason"), reason}, {QStringLiteral("message"), message},
            {QStringLiteral("details"), details}});
}

void FakeKubernetes::Expectation::cut()
{
    m_answer =
        fail(networkError(QNetworkReply::RemoteHostClosedError, QStringLiteral("Connection closed"), {}, tester()));
}

Pending<ApiResponse> FakeKubernetes::send(const ApiRequest &request)
{
    requests.append(request);
    if (m_expected.empty() || m_expected.front().m_verb != request.verb || m_expected.front().m_path != request.path) {
        unexpected.append(QString::fromLatin1(request.verb) + u' ' + request.path);
        return Pending<ApiResponse>::answered(
            fail(Error::Kind::Protocol, QStringLiteral("unexpected: ") + unexpected.last()));
    }
    const Expectation expectation = m_expected.front();
    m_expected.pop_front();
    return Pending<ApiResponse>::ask([&](Pending<ApiResponse>::Answer answer) -> std::function<void()> {
        if (expectation.m_isHanging)
            m_hanging.push_back(answer);
        else
            answer(expectation.m_answer);
        return [this] { ++withdrawn; };
    });
}

std::unique_ptr<ApiStream> FakeKubernetes::stream(const ApiRequest &request)
{
    requests.append(request);
    auto stream = std::make_unique<FakeStream>(request);
    streams.append(stream.get());
    return stream;
}

std::unique_ptr<PodTunnel> FakeKubernetes::tunnel(const QString &, const QString &, quint16)
{
    auto tunnel = std::make_unique<FakeTunnel>();
    tunnels.append(tunnel.get());
    return tunnel;
}

std::unique_ptr<PortForward> FakeKubernetes::forward(const QString &nameSpace, const QString &pod, quint16 port)
{
    return std::make_unique<LoopbackForward>(*this, nameSpace, pod, port);
}
