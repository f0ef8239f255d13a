// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/kubernetes/kubernetestransport.h"
#include "tests/support/fakestream.h"

#include <QPointer>
#include <QStringList>

#include <deque>

/// A KubernetesTransport that plays a transcript: requests must come in the order in which they were expected and get
/// the answer that was written down. Streams and tunnels are fed by the test.
class FakeKubernetes final : public KubernetesTransport {
    Q_OBJECT

public:
    /// What one request gets; 200 with an empty object where nothing else is said.
    class Expectation {
    public:
        Expectation(QByteArray verb, QString path)
            : m_verb(std::move(verb))
            , m_path(std::move(path))
        {
        }
        void reply(int status, const QJsonObject &body) { reply(status, QJsonDocument(body).toJson()); }
        void reply(int status, const QByteArray &body);
        /// A Status document.
        void status(int code, const QString &reason, const QString &message, const QJsonObject &details = {});
        /// Never answered.
        void hang() { m_isHanging = true; }
        /// The connection breaks.
        void cut();

    private:
        friend class FakeKubernetes;
        QByteArray m_verb;
        QString m_path;
        Result<ApiResponse> m_answer = ApiResponse{200, "{}"};
        bool m_isHanging = false;
    };

    Pending<ApiResponse> send(const ApiRequest &request) override;
    std::unique_ptr<ApiStream> stream(const ApiRequest &request) override;
    std::unique_ptr<PodTunnel> tunnel(const QString &nameSpace, const QString &pod, quint16 port) override;
    std::unique_ptr<PortForward> forward(const QString &nameSpace, const QString &pod, quint16 port) override;
    Result<void> renew(const ClusterAccess &) override { return {}; }
    std::optional<std::chrono::milliseconds> silence() const override { return silent; }

    Expectation &expect(const QByteArray &verb, const QString &path) { return m_expected.emplace_back(verb, path); }
    /// Expected, but not asked so far.
    int remaining() const { return int(m_expected.size()); }
    /// Null where it ended meanwhile.
    FakeStream *lastStream() const { return streams.isEmpty() ? nullptr : streams.last().data(); }
    FakeTunnel *lastTunnel() const { return tunnels.isEmpty() ? nullptr : tunnels.last().data(); }

    std::optional<std::chrono::milliseconds> silent; ///< how long it has been
    QList<ApiRequest> requests;
    QStringList unexpected;
    int withdrawn = 0; ///< reads that were dropped before they were answered
    QList<QPointer<FakeStream>> streams;
    QList<QPointer<FakeTunnel>> tunnels;

private:
    std::deque<Expectation> m_expected;
    std::deque<Pending<ApiResponse>::Answer> m_hanging;
};
